package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/lockreentry/lockreentry/internal/corpus/subject"
	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

// A bench measures programs.
type bench struct {
	opts     *options
	sum      []byte // go.sum of all modules together
	dir      string // everything temporary is below it
	tool     string // command under test
	baseline string // what only builds the SSA form
}

// A row is what was measured on a program.
type row struct {
	pin        subject.Pin
	program    program
	count      struct{ Packages, Functions int }
	report     report
	whole, ssa vetrun.Usage
}

// A report is what the command under test wrote, as far as it is read here.
type report struct {
	Findings []finding
	Failures []struct{ Package, Message string }
}

type finding struct {
	Message  string
	Location struct {
		File string
		Line int
	}
}

// measure measures both tools on a program, after the go command has downloaded
// and cached what it needs to list the packages.
func (b *bench) measure(ctx context.Context, pin subject.Pin, p program) (*row, error) {
	w, err := subject.NewWorkspace(ctx, pin, b.sum, b.dir)
	if err != nil {
		return nil, err
	}
	dir, err := copyModule(ctx, w, b.sum)
	if err != nil {
		return nil, fmt.Errorf("copy module: %w", err)
	}
	defer os.RemoveAll(dir)
	r := &row{pin: pin, program: p}
	if err := list(ctx, dir, p); err != nil {
		return nil, err
	}
	if r.ssa, err = b.exec(ctx, dir, &r.count, b.baseline, p.dir); err != nil {
		return nil, err
	}
	r.whole, err = b.exec(ctx, dir, &r.report, b.tool, "-whole", "-format=json", p.dir)
	if err == nil && len(r.report.Failures) > 0 {
		err = fmt.Errorf("%s: %s", r.report.Failures[0].Package, r.report.Failures[0].Message)
	}
	return r, err
}

// list lists the packages of a program as both tools do.
func list(ctx context.Context, dir string, p program) error {
	cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-compiled", p.dir)
	cmd.Dir, cmd.Env = dir, subject.Env()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go list: %w: %s", err, bytes.TrimSpace(stderr.Bytes()))
	}
	return nil
}

// exec runs a tool in dir, and decodes what it writes. That it ends with a status
// is no error: findings do that, too.
func (b *bench) exec(ctx context.Context, dir string, out any, tool string, args ...string) (vetrun.Usage, error) {
	ctx, cancel := context.WithTimeout(ctx, b.opts.timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, tool, args...)
	cmd.Dir, cmd.Env = dir, append(subject.Env(), "GOMEMLIMIT="+b.opts.memory)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cost, err := vetrun.Measure(cmd)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || ctx.Err() != nil {
		return cost, errors.Join(err, ctx.Err())
	}
	if decodeErr := json.Unmarshal(stdout.Bytes(), out); decodeErr != nil {
		return cost, fmt.Errorf("%s: %w: %s", filepath.Base(tool), errors.Join(err, decodeErr), bytes.TrimSpace(stderr.Bytes()))
	}
	return cost, nil
}

// copyModule copies the subject to a new directory, where it is the main module,
// and returns that.
func copyModule(ctx context.Context, w *subject.Workspace, sum []byte) (string, error) {
	dir := filepath.Join(w.Dir, "copy")
	if err := os.CopyFS(dir, os.DirFS(w.Root)); err != nil {
		return "", err
	}
	for _, name := range []string{"go.mod", "go.sum"} { // files of the module cache cannot be written
		if err := os.Chmod(filepath.Join(dir, name), 0o666); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	if err := dropReplacements(ctx, dir); err != nil {
		return "", err
	}
	own, err := os.ReadFile(filepath.Join(dir, "go.sum"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "go.sum"), subject.MergeSums(own, sum), 0o666)
}

// dropReplacements drops what go.mod replaces: that counts only where the module
// is built by those who have the directories beside it.
func dropReplacements(ctx context.Context, dir string) error {
	edit := func(args ...string) ([]byte, error) {
		cmd := exec.CommandContext(ctx, "go", append([]string{"mod", "edit"}, args...)...)
		cmd.Dir = dir
		return cmd.Output()
	}
	text, err := edit("-json")
	if err != nil {
		return fmt.Errorf("go mod edit: %w", err)
	}
	var mod struct {
		Replace []struct {
			Old struct{ Path, Version string }
		}
	}
	if err := json.Unmarshal(text, &mod); err != nil {
		return fmt.Errorf("decode go mod edit: %w", err)
	}
	for _, r := range mod.Replace {
		old := r.Old.Path
		if r.Old.Version != "" {
			old += "@" + r.Old.Version
		}
		if _, err := edit("-dropreplace=" + old); err != nil {
			return fmt.Errorf("go mod edit: %w", err)
		}
	}
	return nil
}
