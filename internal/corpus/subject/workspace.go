package subject

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A Workspace is a throwaway module that requires one pin and nothing else.
type Workspace struct {
	Pin  Pin
	Dir  string // directory of the throwaway module
	Root string // directory of the files of the subject, for relative names
}

// A Package is a package of the subject.
type Package struct {
	ImportPath string
	Units      int    // number of times a vet tool analyses it: with its tests, and its external tests
	Err        string // why it cannot be loaded, or empty
}

// NewWorkspace makes a throwaway module for the pin in a new directory below
// parent. The text of the go.sum file pins the hashes of the subject and of all
// that it needs.
func NewWorkspace(ctx context.Context, pin Pin, sum []byte, parent string) (*Workspace, error) {
	dir, err := os.MkdirTemp(parent, "subject")
	if err != nil {
		return nil, fmt.Errorf("make throwaway module: %w", err)
	}
	w := &Workspace{Pin: pin, Dir: dir}
	if err := w.writeModule(sum); err != nil {
		return nil, fmt.Errorf("make throwaway module: %w", err)
	}
	if w.Root, err = w.root(ctx); err != nil {
		return nil, fmt.Errorf("locate %s: %w", pin, err)
	}
	return w, nil
}

// Env is the environment in which go commands run in a throwaway module.
// A surrounding workspace must not take part. Updates of go.mod and go.sum are
// allowed, because the throwaway go.mod names the subject alone; a hash that is
// in go.sum is always verified.
func Env() []string {
	return append(os.Environ(), "GOWORK=off", "GO111MODULE=on", "GOFLAGS=-mod=mod")
}

// writeModule writes go.mod and go.sum.
func (w *Workspace) writeModule(sum []byte) error {
	mod := "module throwaway\n\ngo 1.26.0\n"
	if w.Pin.Module != Std {
		mod += fmt.Sprintf("\nrequire %s %s\n", w.Pin.Module, w.Pin.Version)
	}
	if err := os.WriteFile(filepath.Join(w.Dir, "go.mod"), []byte(mod), 0o666); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.Dir, "go.sum"), sum, 0o666)
}

// root returns the directory that holds the files of the subject. The go
// command downloads the module when it is not in the module cache.
func (w *Workspace) root(ctx context.Context) (string, error) {
	if w.Pin.Module == Std {
		goroot, err := w.output(ctx, "env", "GOROOT")
		return filepath.Join(strings.TrimSpace(string(goroot)), "src"), err
	}
	out, err := w.output(ctx, "mod", "download", "-json", w.Pin.String())
	if err != nil {
		return "", err
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return "", fmt.Errorf("decode go mod download: %w", err)
	}
	return module.Dir, nil
}

// Packages lists the packages of the subject that are not skipped, sorted. The
// whole import graph is loaded, tests included, so that whatever it lacks is
// downloaded here and not in a measured run.
func (w *Workspace) Packages(ctx context.Context) ([]Package, error) {
	if _, err := w.output(ctx, "list", "-e", "-deps", "-test", "-f", "{{.ImportPath}}", w.Pin.Pattern()); err != nil {
		return nil, fmt.Errorf("load import graph: %w", err)
	}
	out, err := w.output(ctx, "list", "-e", "-json=ImportPath,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,Error", w.Pin.Pattern())
	if err != nil {
		return nil, fmt.Errorf("list packages: %w", err)
	}
	return w.decodePackages(out)
}

// listed is what go list tells about a package.
type listed struct {
	ImportPath                                   string
	GoFiles, CgoFiles, TestGoFiles, XTestGoFiles []string
	Error                                        *struct{ Err string }
}

// decodePackages decodes the output of go list.
func (w *Workspace) decodePackages(out []byte) ([]Package, error) {
	var pkgs []Package
	decoder := json.NewDecoder(bytes.NewReader(out))
	for {
		var l listed
		err := decoder.Decode(&l)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("decode go list: %w", err)
		}
		if !w.Pin.skips(l.ImportPath) {
			pkgs = append(pkgs, l.pkg())
		}
	}
	slices.SortFunc(pkgs, func(a, b Package) int { return strings.Compare(a.ImportPath, b.ImportPath) })
	return pkgs, nil
}

// pkg converts the package. The go command vets a package together with its
// tests as one unit, and its external tests as another.
func (l listed) pkg() Package {
	p := Package{ImportPath: l.ImportPath}
	if l.Error != nil {
		p.Err = l.Error.Err
		return p
	}
	if l.ImportPath == "unsafe" {
		return p // known to the compiler, and never vetted
	}
	if len(l.GoFiles)+len(l.CgoFiles)+len(l.TestGoFiles) > 0 {
		p.Units++
	}
	if len(l.XTestGoFiles) > 0 {
		p.Units++
	}
	return p
}

// Sum returns the text of the go.sum file as the go command left it: what was
// given to NewWorkspace plus what was missing there.
func (w *Workspace) Sum() ([]byte, error) {
	return os.ReadFile(filepath.Join(w.Dir, "go.sum"))
}

// output runs the go command in the throwaway module.
func (w *Workspace) output(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = w.Dir
	cmd.Env = Env()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w: %s", args[0], err, lastLine(stderr.Bytes()))
	}
	return out, nil
}

// lastLine returns the last line of text that is not empty.
func lastLine(text []byte) string {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return lines[len(lines)-1]
}
