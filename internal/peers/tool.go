package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// A tool is something to compare.
type tool struct {
	name    string
	args    []string       // command line before the packages; $DIR is where the tools are
	reentry *regexp.Regexp // matches the messages that are about locks which are held already
	counted string         // says the same to readers
}

// tools lists what is compared. Reports about something else are not held for
// or against a tool: many have more to say than this one.
var tools = []tool{
	{
		name: "lockreentry", args: []string{"$DIR/lockreentry"},
		reentry: regexp.MustCompile(`\[(relock|upgrade|downgrade|recursive-rlock|once)\]$`), counted: "the five codes of re-entry",
	},
	{
		name: "mulint 1.1.0", args: []string{"go", "vet", "-vettool=$DIR/mulint-vet"},
		reentry: regexp.MustCompile(`^Mutex lock is acquired on this line`), counted: "“lock is acquired on this line”",
	},
	{
		name: "gVisor checklocks", args: []string{"go", "vet", "-vettool=$DIR/checklocks"},
		reentry: regexp.MustCompile(`already locked`), counted: "“already locked”; no annotations",
	},
	{
		name: "go-critic 0.15.0", args: []string{"$DIR/gocritic", "check", "-enable=badLock"},
		reentry: regexp.MustCompile(`^badLock: `), counted: "`badLock`",
	},
	{
		name: "staticcheck 0.8.2", args: []string{"$DIR/staticcheck", "-checks=SA2*"},
		reentry: regexp.MustCompile(`\(SA2\d+\)$`), counted: "`SA2*`, all checks of concurrency",
	},
	{
		name: "go vet", args: []string{"go", "vet"},
		reentry: regexp.MustCompile(`[Ll]ock`), counted: "all messages with “lock”",
	},
}

// A place is a line of a file; the file is absolute.
type place struct {
	file string
	line int
}

// reported matches a report as all of the tools write them.
var reported = regexp.MustCompile(`^(\S+\.go):(\d+)(?::\d+)?: (.*)$`)

// run runs t on packages and returns the places of its reports of re-entry.
// A tool's status is no help, since they do not agree on what it means; one
// that could not do its work says so on a line that is no report.
func (t tool) run(ctx context.Context, dir, workDir string, env []string, packages string) (map[place]bool, error) {
	var args []string
	for _, a := range append(t.args, packages) {
		args = append(args, strings.ReplaceAll(a, "$DIR", dir))
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = workDir
	cmd.Env = append(append(os.Environ(), "GOFLAGS=", "NO_COLOR=1"), env...)
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	if broken := failure.Find(out); broken != nil {
		return nil, fmt.Errorf("%s", broken)
	}
	reports := map[place]bool{}
	for line := range bytes.Lines(out) {
		m := reported.FindSubmatch(bytes.TrimRight(line, "\r\n"))
		if m == nil || !t.reentry.Match(m[3]) {
			continue
		}
		n, err := strconv.Atoi(string(m[2]))
		if err != nil {
			return nil, err
		}
		file := string(m[1])
		if !filepath.IsAbs(file) {
			file = filepath.Join(workDir, file)
		}
		if file, err = filepath.Abs(file); err != nil {
			return nil, err
		}
		reports[place{file, n}] = true
	}
	return reports, nil
}

// failure matches what a tool says that could not analyse something.
var failure = regexp.MustCompile(`(?m)^.*(panic: |could not import|cannot find package|flag provided but not defined|internal error|build failed|analysis is incomplete).*$`)
