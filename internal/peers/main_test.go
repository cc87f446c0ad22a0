package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestCases checks what is taken for a case, and how reports are counted.
func TestCases(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.go")
	const text = `package a

// Deadlocks: twice.
func f() {
	mu.Lock()
	mu.Lock() // want ` + "`\\[relock\\]`" + `
}

// Fine: once.
func g() {
	mu.Lock()
}

// Fine: but not ignored.
func h() {
	x() //lockreentry:ignore relock // want ` + "`\\[unused-ignore\\]`" + `
}

func helper() { mu.Lock() }
`
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	all, err := readCases(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(all.deadlocks) != 1 || len(all.fine) != 2 {
		t.Fatalf("cases %+v", all)
	}
	found, alarms := all.count(map[place]bool{{name, 5}: true, {name, 6}: true, {name, 11}: true, {name, 19}: true})
	if found != 1 || alarms != 1 {
		t.Errorf("found %d with %d false alarms", found, alarms)
	}
}
