package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "update the scripts and the documentation")

// TestMain lets scripts and documentation run this test binary as lockreentry.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"lockreentry": main})
}

// TestScript runs the scripts of testdata/script with the real analyzer: each
// way to run it, from a new user's first try to continuous integration.
func TestScript(t *testing.T) {
	tool, err := exec.LookPath("lockreentry") // put on the path by TestMain
	if err != nil {
		t.Fatal(err)
	}
	env := goEnv(t, "GOCACHE", "GOMODCACHE")
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("LOCKREENTRY", tool)
			e.Setenv("REPO", root)
			e.Setenv("GOCACHE", env[0])
			e.Setenv("GOMODCACHE", env[1])
			e.Setenv("GOPROXY", "off")
			e.Setenv("GOSUMDB", "off")
			e.Setenv("GOFLAGS", "")
			e.Setenv("GOTOOLCHAIN", "local")
			return os.Mkdir(filepath.Join(e.WorkDir, ".git"), 0o777) // the source root
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status,
			"block":  block,
		},
	})
}

// status runs a command and asserts its exit status: status 3 lockreentry ./...
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status number command [arguments]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// block copies a part of a YAML file, so that what users copy is what is
// tested: block FILE TEXT OUT writes to OUT the indented block that follows
// the first "|" after the line with TEXT, or else the value of TEXT itself.
func block(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: block file text out")
	}
	_, after, ok := strings.Cut(ts.ReadFile(args[0]), args[1])
	if !ok {
		ts.Fatalf("%s: no %q", args[0], args[1])
	}
	value, rest, _ := strings.Cut(after, "\n")
	if strings.TrimSpace(value) == "" {
		_, body, ok := strings.Cut(rest, " |\n")
		if !ok {
			ts.Fatalf("%s: no block after %q", args[0], args[1])
		}
		value = unindent(body)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(strings.TrimSpace(value)+"\n"), 0o666))
}

// unindent returns the lines at the start of text that are indented at least
// as far as the first one, without that indent.
func unindent(text string) string {
	indent := text[:len(text)-len(strings.TrimLeft(text, " "))]
	var b strings.Builder
	for line := range strings.Lines(text) {
		line, ok := strings.CutPrefix(line, indent)
		if !ok && strings.TrimSpace(line) != "" {
			break
		}
		b.WriteString(line)
	}
	return b.String()
}

// goEnv returns variables of the go command.
func goEnv(t *testing.T, names ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		t.Fatalf("go env: %v", err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
