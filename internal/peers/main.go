// Command peers runs lockreentry and other tools on the fixtures and on the
// reference proxy, and counts what each finds of the deadlocks there, and what
// it reports where there is none.
//
// Usage, from the root of the repository:
//
//	go run -C internal/peers . [-update]
//
// The tools are built at the versions that go.mod pins. With -update it writes
// the table to docs/comparison.md.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
)

const (
	root = "../.." // of the repository, from this module
	page = root + "/docs/comparison.md"
)

func main() {
	update := flag.Bool("update", false, "write the table to docs/comparison.md")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *update); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// run measures and shows the table.
func run(ctx context.Context, update bool) (err error) {
	dir, err := os.MkdirTemp("", "peers")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := build(ctx, dir); err != nil {
		return err
	}
	src, err := filepath.Abs(filepath.Join(root, "testdata", "src"))
	if err != nil {
		return err
	}
	all, err := readCases(src)
	if err != nil {
		return err
	}
	var rows []row
	for _, t := range tools {
		r, err := t.measure(ctx, dir, src, all)
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		rows = append(rows, r)
	}
	text := table(rows, all)
	if !update {
		fmt.Print(text)
		return nil
	}
	return replaceTable(text)
}

// build builds the tools, the one of this repository too.
func build(ctx context.Context, dir string) error {
	for _, args := range [][]string{
		{"build", "-o", dir + "/", "tool"},
		{"build", "-C", root, "-o", dir + "/", "./cmd/lockreentry"},
	} {
		if out, err := exec.CommandContext(ctx, "go", args...).CombinedOutput(); err != nil {
			return fmt.Errorf("build: %w\n%s", err, out)
		}
	}
	return nil
}

// A row is what one tool found.
type row struct {
	tool
	found, alarms int // functions of the fixtures
	buggy, fixed  int // reports on the reference proxy
}

// measure runs t on everything.
func (t tool) measure(ctx context.Context, dir, src string, all cases) (row, error) {
	r := row{tool: t}
	reports, err := t.run(ctx, dir, src, []string{"GO111MODULE=off", "GOPATH=" + filepath.Dir(src)}, "./...")
	if err != nil {
		return r, err
	}
	r.found, r.alarms = all.count(reports)
	for _, variant := range []struct {
		name  string
		count *int
	}{{"buggy", &r.buggy}, {"fixed", &r.fixed}} {
		reports, err := t.run(ctx, dir, root, nil, "./reference/"+variant.name+"/...")
		if err != nil {
			return r, err
		}
		*variant.count = len(reports)
	}
	return r, nil
}

// table formats the rows.
func table(rows []row, all cases) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| tool | counted | found of %d deadlocks | reported of %d silent cases | reference, buggy | fixed |\n", len(all.deadlocks), len(all.fine))
	b.WriteString("|---|---|--:|--:|--:|--:|\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s | %d | %d | %d | %d |\n", r.name, r.counted, r.found, r.alarms, r.buggy, r.fixed)
	}
	return b.String()
}

// replaceTable puts the table into the page, between its marks.
func replaceTable(text string) error {
	old, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	const begin, end = "<!-- begin of the table -->\n", "<!-- end of the table -->\n"
	head, rest, ok := bytes.Cut(old, []byte(begin))
	_, tail, ok2 := bytes.Cut(rest, []byte(end))
	if !ok || !ok2 {
		return fmt.Errorf("%s has no marks for the table", page)
	}
	return os.WriteFile(page, fmt.Appendf(nil, "%s%s\n%s\n%s%s", head, begin, text, end, tail), 0o666)
}
