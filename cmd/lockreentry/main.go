// Lockreentry finds locks that a goroutine locks again while it holds them.
//
// It is a command of its own,
//
//	lockreentry [flags] [packages]
//
// and a vettool:
//
//	go vet -vettool=$(which lockreentry) [packages]
//
// Both report the same findings. "lockreentry help" lists the flags and codes,
// "lockreentry help CODE" explains a code.
//
// Exit status: 0 when everything was analysed and nothing found, 1 when
// something could not be analysed, 2 when the command line or a file it names
// is wrong, 3 when there are findings.
package main

import (
	"context"
	"os"
	"os/signal"

	"github.com/lockreentry/lockreentry/analyzer"
	"github.com/lockreentry/lockreentry/internal/driver"
)

func main() {
	os.Exit(run())
}

// run is main without the exit, so that what it defers is done.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	cmd := driver.Command{
		Analyzer: analyzer.Analyzer,
		Doc:      analyzer.Doc,
		URL:      "https://pkg.go.dev/github.com/lockreentry/lockreentry/analyzer",
		Stdout:   os.Stdout,
		Stderr:   os.Stderr,
	}
	return cmd.Main(ctx, os.Args[1:])
}
