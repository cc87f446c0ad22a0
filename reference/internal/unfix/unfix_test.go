package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// root is the directory that has fixed, buggy and fix.patch.
const root = "../.."

func TestBuggyIsUpToDate(t *testing.T) {
	want, err := generate(root)
	if err != nil {
		t.Fatal(err)
	}
	have, err := goFiles(filepath.Join(root, "buggy"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range want {
		if got, ok := have[name]; !ok {
			t.Errorf("buggy/%s is missing", name)
		} else if !bytes.Equal(got, text) {
			t.Errorf("buggy/%s is stale", name)
		}
	}
	for name := range have {
		if _, ok := want[name]; !ok {
			t.Errorf("buggy/%s has no counterpart", name)
		}
	}
	if t.Failed() {
		t.Log("run go generate ./reference")
	}
}

const patch = `Words for people.

--- a/dir/x.go
+++ b/dir/x.go
@@ -1,3 +1,3 @@
 one
-two
+TWO
 three
@@ -9,2 +9,3 @@
 nine

+ten
--- a/y.go
+++ b/y.go
@@ -1 +1 @@
-y
+Y
`

func TestUndo(t *testing.T) {
	files, err := parsePatch(patch)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2 || len(files["dir/x.go"]) != 2 || len(files["y.go"]) != 1 {
		t.Fatalf("parsed %v", files)
	}
	// Lines have moved since the patch was made.
	got, err := undo("zero\none\nTWO\nthree\nnine\n\nten\n", files["dir/x.go"])
	if err != nil {
		t.Fatal(err)
	}
	if want := "zero\none\ntwo\nthree\nnine\n\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestUndoFails(t *testing.T) {
	files, err := parsePatch(patch)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"y\n":    "do not occur",
		"Y\nY\n": "occur twice",
	} {
		if _, err := undo(text, files["y.go"]); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got error %v, want %q", text, err, want)
		}
	}
}

func TestParseFails(t *testing.T) {
	for _, text := range []string{
		"@@ -1 +1 @@\n-a\n",
		"--- a/x\n+++ b/x\n@@ -1 +1 @@\n*a\n",
		"--- x\n+++ x\n",
	} {
		if _, err := parsePatch(text); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}
