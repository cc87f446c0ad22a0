// E2e is golangci-lint with the lockreentry plugin compiled in: what
// "golangci-lint custom" makes, but without cloning golangci-lint.
package main

import (
	"fmt"
	"os"
	"runtime"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/lockreentry/lockreentry/golangci"
)

func main() {
	// With the version "(devel)" golangci-lint keys its cache on the hash of
	// this executable, so a new plugin never meets old results.
	err := commands.Execute(commands.BuildInfo{GoVersion: runtime.Version(), Version: "(devel)"})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitcodes.Failure)
	}
}
