//go:build unix

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// variants are the two programs under test.
const (
	buggy = "buggy"
	fixed = "fixed"
)

// binDir is where the programs are built.
var binDir string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "lbd")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		binDir = dir
		return m.Run()
	}())
}

// build builds both programs when the first test needs one.
var build = sync.OnceValue(func() error {
	for _, variant := range []string{buggy, fixed} {
		if err := buildOne(variant); err != nil {
			return err
		}
	}
	return nil
})

// buildOne builds a program, without the race detector if it cannot be had
// here: it needs cgo, a C compiler and a platform it knows.
func buildOne(variant string) error {
	source := "github.com/lockreentry/lockreentry/reference/" + variant + "/cmd/lbd"
	_, err := goBuild(variant, "-race", source)
	if err == nil {
		return nil
	}
	output, plain := goBuild(variant, source)
	if plain != nil {
		return fmt.Errorf("build %s: %w\n%s", variant, plain, output)
	}
	fmt.Fprintf(os.Stderr, "e2e: %s has no race detector: %v\n", variant, err)
	return nil
}

func goBuild(variant string, args ...string) ([]byte, error) {
	args = append([]string{"build", "-o", binary(variant)}, args...)
	return exec.Command("go", args...).CombinedOutput()
}

// binary is the path of a program.
func binary(variant string) string {
	return filepath.Join(binDir, variant)
}
