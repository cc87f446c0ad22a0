package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lockreentry/lockreentry/analyzer"
	"github.com/lockreentry/lockreentry/internal/driver"
)

// wholeComment marks a line with what is found there in the whole program.
var wholeComment = regexp.MustCompile(`// whole: \[([a-z-]+)\]`)

// TestWhole analyses the programs under testdata/src/whole_* as closed worlds.
// What they wire in a third package is found; package by package it is not,
// which TestFixtures of package analyzer sees.
func TestWhole(t *testing.T) {
	root, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GO111MODULE", "off")
	t.Setenv("GOPATH", root)
	t.Setenv("GOFLAGS", "")
	dirs, err := filepath.Glob(filepath.Join(root, "src", "whole_*"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("programs %v, error %v", dirs, err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			if diff := cmp.Diff(wantedWhole(t, dir), foundWhole(t, dir)); diff != "" {
				t.Errorf("findings differ (-want +got):\n%s", diff)
			}
		})
	}
}

// wantedWhole lists the lines below dir that have a wholeComment, as
// "file:line code".
func wantedWhole(t *testing.T, dir string) []string {
	want := []string{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		for i, line := range strings.Split(string(text), "\n") {
			if m := wholeComment.FindStringSubmatch(line); m != nil {
				want = append(want, fmt.Sprintf("%s:%d %s", filepath.ToSlash(rel), i+1, m[1]))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	return want
}

// foundWhole runs the command with -whole in dir and lists what it finds, as
// wantedWhole does.
func foundWhole(t *testing.T, dir string) []string {
	var stdout, stderr bytes.Buffer
	cmd := driver.Command{Analyzer: analyzer.New(analyzer.Options{}), Doc: analyzer.Doc, Stdout: &stdout, Stderr: &stderr}
	status := cmd.Main(context.Background(), []string{"-C", dir, "-root", dir, "-whole", "-format=json", "."})
	var doc struct {
		Findings []struct {
			Code     string
			Location struct {
				File string
				Line int
			}
		}
	}
	if err := json.Unmarshal(stdout.Bytes(), &doc); err != nil {
		t.Fatalf("%v; standard error:\n%s", err, &stderr)
	}
	found := []string{}
	for _, f := range doc.Findings {
		found = append(found, fmt.Sprintf("%s:%d %s", f.Location.File, f.Location.Line, f.Code))
	}
	if want := map[bool]int{false: driver.ExitClean, true: driver.ExitFindings}[len(found) > 0]; status != want {
		t.Errorf("exit status %d, want %d; standard error:\n%s", status, want, &stderr)
	}
	slices.Sort(found)
	return found
}

// TestWholeReference checks that the founding deadlock is found in the whole
// program as it is by packages, and that the fix is silent.
func TestWholeReference(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the standard library")
	}
	for variant, want := range map[string]int{"buggy": driver.ExitFindings, "fixed": driver.ExitClean} {
		var stdout, stderr bytes.Buffer
		cmd := driver.Command{Analyzer: analyzer.New(analyzer.Options{}), Doc: analyzer.Doc, Stdout: &stdout, Stderr: &stderr}
		status := cmd.Main(context.Background(), []string{"-C", "../..", "-whole", "./reference/" + variant + "/cmd/lbd"})
		if n := strings.Count(stdout.String(), "[relock]"); status != want || n != status/driver.ExitFindings {
			t.Errorf("%s: exit status %d and %d findings; standard error:\n%s", variant, status, n, &stderr)
		}
	}
}
