package subject

import (
	"reflect"
	"strings"
	"testing"
)

func TestParsePins(t *testing.T) {
	const text = `# comment
std

example.com/a v1.2.3 short
	skip example.com/a/b needs a library that is not here
	skip example.com/a/c too
example.com/d/v2 v2.0.0
`
	want := []Pin{
		{Module: Std},
		{Module: "example.com/a", Version: "v1.2.3", Short: true, Skip: []Skip{
			{"example.com/a/b", "needs a library that is not here"},
			{"example.com/a/c", "too"},
		}},
		{Module: "example.com/d/v2", Version: "v2.0.0"},
	}
	got, err := ParsePins(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("have %+v\nwant %+v", got, want)
	}
	if s := got[1].String() + " " + got[1].Pattern(); s != "example.com/a@v1.2.3 example.com/a/..." {
		t.Errorf("pin and pattern are %s", s)
	}
	if s := got[0].String() + " " + got[0].Pattern(); s != "std std" {
		t.Errorf("pin and pattern of the standard library are %s", s)
	}
}

func TestParsePinsErrors(t *testing.T) {
	for text, want := range map[string]string{
		"example.com/a":                        "line 1: module example.com/a has no version",
		"std\nexample.com/a v1.0.0 quick":      `line 2: unknown word "quick" after example.com/a@v1.0.0`,
		"\tskip example.com/a reason":          `line 1: "skip" stands before the first module`,
		"example.com/a v1.0.0\n\tskip x":       `line 2: want "skip package reason", have "skip x"`,
		"example.com/a v1.0.0\n\tomit x today": `line 2: want "skip package reason", have "omit x today"`,
	} {
		if _, err := ParsePins(strings.NewReader(text)); err == nil || err.Error() != want {
			t.Errorf("%q: error is %v, want %s", text, err, want)
		}
	}
}

func TestSums(t *testing.T) {
	pinned := []byte("b v1 h1:B\na v1 h1:A\n")
	have := []byte("c v1 h1:C\na v1 h1:A\nc v1 h1:C\n")
	if got := MissingSums(pinned, have); !reflect.DeepEqual(got, []string{"c v1 h1:C"}) {
		t.Errorf("missing: %q", got)
	}
	if got := string(MergeSums(pinned, have)); got != "a v1 h1:A\nb v1 h1:B\nc v1 h1:C\n" {
		t.Errorf("merged: %q", got)
	}
	if got := MergeSums(nil, nil); got != nil {
		t.Errorf("merge of nothing: %q", got)
	}
}

func TestDecodePackages(t *testing.T) {
	w := &Workspace{Pin: Pin{Skip: []Skip{{"p/skipped", "reason"}}}}
	got, err := w.decodePackages([]byte(`
{"ImportPath":"p/z","GoFiles":["a.go"],"XTestGoFiles":["x_test.go"]}
{"ImportPath":"p/skipped","GoFiles":["a.go"]}
{"ImportPath":"p/broken","Error":{"Err":"no such import"}}
{"ImportPath":"p/doc"}
{"ImportPath":"unsafe","GoFiles":["unsafe.go"]}
{"ImportPath":"p/a","TestGoFiles":["a_test.go"]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Package{
		{"p/a", 1, ""},
		{"p/broken", 0, "no such import"},
		{"p/doc", 0, ""},
		{"p/z", 2, ""},
		{"unsafe", 0, ""},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("have %+v\nwant %+v", got, want)
	}
}
