package difftest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fix is every line of code that the two variants do not share.
var fix = map[string][]Change{
	"lb/accept.go": {
		{false, "dequeueProxyListeners(p)"},
		{true, "dequeueProxyListeners(p, false)"},
		{false, "dequeueProxyListeners(fe)"},
		{true, "dequeueProxyListeners(fe, false)"},
	},
	"lb/frontend.go": {
		{false, "dequeueProxyListeners(px)"},
		{true, "dequeueProxyListeners(px, true)"},
	},
	"lb/listener.go": {
		{false, "func dequeueProxyListeners(px *Proxy) {"},
		{true, "func dequeueProxyListeners(px *Proxy, lpx bool) {"},
		{false, "relaxListener(l, false, false)"},
		{true, "relaxListener(l, lpx, false)"},
	},
	"lb/proxy.go": {
		{false, "dequeueProxyListeners(p)"},
		{true, "dequeueProxyListeners(p, false)"},
	},
	"cmd/lbd/flags.go": imports,
	"cmd/lbd/main.go":  imports,
}

// imports is how the commands differ.
var imports = []Change{
	{false, `"github.com/lockreentry/lockreentry/reference/buggy/lb"`},
	{true, `"github.com/lockreentry/lockreentry/reference/fixed/lb"`},
}

func TestVariantsDifferByTheFix(t *testing.T) {
	names := files(t, "../fixed")
	if other := files(t, "../buggy"); !slices.Equal(names, other) {
		t.Fatalf("fixed has %v, buggy has %v", names, other)
	}
	for _, name := range names {
		changes := Diff(read(t, "../buggy/"+name), read(t, "../fixed/"+name))
		code := slices.DeleteFunc(changes, func(c Change) bool { return strings.HasPrefix(c.Line, "//") })
		if want := fix[name]; !slices.Equal(code, want) {
			t.Errorf("%s differs by %v, want %v", name, code, want)
		}
	}
	for name := range fix {
		if !slices.Contains(names, name) {
			t.Errorf("there is no %s", name)
		}
	}
}

func TestDiff(t *testing.T) {
	for _, test := range []struct {
		from, to string
		want     []Change
	}{
		{"a\nb", "a\nb", nil},
		{"a\nb\nc", "a\nx\nc", []Change{{false, "b"}, {true, "x"}}},
		{"a\nc", "a\nb\nc", []Change{{true, "b"}}},
		{"a\nb\nc", "a\nc", []Change{{false, "b"}}},
		{"a\n", "\tb\n", []Change{{false, "a"}, {true, "b"}}},
	} {
		if got := Diff(test.from, test.to); !slices.Equal(got, test.want) {
			t.Errorf("%q to %q: got %v, want %v", test.from, test.to, got, test.want)
		}
	}
}

// files lists the Go files below dir, relative to it.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	for _, pattern := range []string{"lb/*.go", "cmd/*/*.go"} {
		found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			name, err := filepath.Rel(dir, path)
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, filepath.ToSlash(name))
		}
	}
	slices.Sort(names)
	return names
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
