// Command unfix writes the buggy variant of the reference proxy: the fixed one
// with a patch undone and its import paths changed. It is run by go generate in
// the directory reference.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Import paths of the variants begin so.
const (
	fixedImport = `"github.com/lockreentry/lockreentry/reference/fixed/`
	buggyImport = `"github.com/lockreentry/lockreentry/reference/buggy/`
)

func main() {
	root := flag.String("root", ".", "the `directory` that has fixed, buggy and fix.patch")
	flag.Parse()
	if err := run(*root); err != nil {
		fmt.Fprintf(os.Stderr, "unfix: %v\n", err)
		os.Exit(1)
	}
}

// run brings root/buggy up to date.
func run(root string) error {
	want, err := generate(root)
	if err != nil {
		return err
	}
	have, err := goFiles(filepath.Join(root, "buggy"))
	if err != nil {
		return err
	}
	for name := range have {
		if _, ok := want[name]; ok {
			continue
		}
		if err := os.Remove(filepath.Join(root, "buggy", name)); err != nil {
			return err
		}
	}
	for name, text := range want {
		path := filepath.Join(root, "buggy", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// generate returns the Go files that root/buggy should have.
func generate(root string) (map[string][]byte, error) {
	files, err := goFiles(filepath.Join(root, "fixed"))
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(root, "fix.patch"))
	if err != nil {
		return nil, err
	}
	patch, err := parsePatch(string(text))
	if err != nil {
		return nil, fmt.Errorf("fix.patch: %w", err)
	}

	for name, hunks := range patch {
		fixed, ok := files[filepath.FromSlash(name)]
		if !ok {
			return nil, fmt.Errorf("fix.patch: no file %s", name)
		}
		buggy, err := undo(string(fixed), hunks)
		if err != nil {
			return nil, fmt.Errorf("fix.patch: %s: %w", name, err)
		}
		files[filepath.FromSlash(name)] = []byte(buggy)
	}
	for name, text := range files {
		files[name] = bytes.ReplaceAll(text, []byte(fixedImport), []byte(buggyImport))
	}
	return files, nil
}

// goFiles reads the Go files below dir. Names are relative to dir. A directory
// that is not there has none.
func goFiles(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) && path == dir {
			return nil
		}
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[name], err = os.ReadFile(path)
		return err
	})
	return files, err
}
