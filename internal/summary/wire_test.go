package summary

import (
	"bytes"
	"go/token"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
)

// drawer draws summaries with paths in table t.
type drawer struct {
	*rapid.T
	t *path.Table
}

func (d drawer) small(label string) int { return rapid.IntRange(0, 2).Draw(d.T, label) }
func (d drawer) bool(label string) bool { return rapid.Bool().Draw(d.T, label) }
func (d drawer) word(label string) string {
	return rapid.SampledFrom([]string{"a", "b", "c"}).Draw(d.T, label)
}

// list draws up to two elements.
func list[T any](d drawer, label string, elem func() T) []T {
	var out []T
	for range d.small(label) {
		out = append(out, elem())
	}
	return out
}

// node draws a path that callers can name.
func (d drawer) node(depth int) *path.Node {
	if depth == 0 || d.small("root") == 0 {
		switch rapid.IntRange(0, 6).Draw(d.T, "kind") {
		case 0:
			return d.t.Free(d.small("i"))
		case 1:
			return d.t.Result(d.small("i"))
		case 2:
			return d.t.FreshOf(d.small("i")|path.Whole*d.small("whole")/2, "*p."+d.word("type"))
		case 3:
			return d.t.GlobalNamed("p." + d.word("global"))
		case 4:
			return d.t.FuncNamed("p." + d.word("func"))
		}
		return d.t.Param(d.small("i"))
	}
	x := d.node(depth - 1)
	switch rapid.IntRange(0, 12).Draw(d.T, "step") {
	case 0:
		return d.t.Index(x, d.t.Const(d.word("key")))
	case 1:
		return d.t.Lookup(x, d.node(depth-1), nil)
	case 2:
		return d.t.Capture(x, "p.f$1", d.small("i"))
	case 3:
		return d.t.Extract(x, d.small("i"))
	case 4:
		return d.t.RLocker(x)
	case 5:
		return d.t.Closure("p.f$1", nil, list(d, "captured", func() *path.Node { return d.node(depth - 1) }))
	case 6:
		return d.t.Binary(token.LSS, x, d.t.Const("3"))
	case 7:
		return d.t.Deref(x, nil)
	case 8:
		return d.t.TextLength(x)
	case 9:
		return d.t.IsFunc(x, "p."+d.word("func"))
	case 10:
		return d.t.Called(x, d.word("method"), list(d, "args", func() *path.Node { return d.node(depth - 1) }))
	}
	return d.t.FieldNamed(x, "p."+d.word("owner"), d.word("field"))
}

func (d drawer) path() *path.Node { return d.node(3) }

// maybe draws a path or nil.
func (d drawer) maybe() *path.Node {
	if d.bool("nil") {
		return nil
	}
	return d.path()
}

// guard draws a guard with one literal for each path: what others imply, And
// leaves out or not, depending on the order.
func (d drawer) guard() Guard {
	var g Guard
	for range d.small("literals") {
		p := d.path()
		if slices.ContainsFunc(g, func(l Literal) bool { return l.Path == p }) {
			continue
		}
		if h, ok := g.And(Literal{p, d.word("const"), d.bool("neg")}); ok {
			g = h
		}
	}
	return g
}

func (d drawer) steps() []Step {
	return list(d, "steps", func() Step {
		return Step{Func: d.word("func"), Text: d.word("text"), At: "f.go:1", Kind: StepKind(d.small("kind")), Dynamic: d.bool("dynamic")}
	})
}

func (d drawer) held() []Held {
	return list(d, "held", func() Held {
		return Held{Path: d.path(), Mode: lock.Mode(d.small("mode")), Retaken: d.bool("retaken"), Steps: d.steps()}
	})
}

func (d drawer) paths(label string) []*path.Node { return list(d, label, d.path) }
func (d drawer) words(label string) []string {
	return list(d, label, func() string { return d.word(label) })
}

func (d drawer) calls() []*path.Node {
	return list(d, "after", func() *path.Node { return d.t.Called(d.path(), d.word("method"), list(d, "args", d.maybe)) })
}

func (d drawer) summary() *Summary {
	return &Summary{
		Unsure: d.bool("unsure"),
		Acquires: list(d, "acquires", func() Acquire {
			return Acquire{Path: d.path(), Mode: lock.Mode(d.small("mode")), Guard: d.guard(), Steps: d.steps(), Rules: d.words("rules"), After: d.calls()}
		}),
		Exits: list(d, "exits", func() Exit {
			return Exit{
				Guard: d.guard(), Held: d.held(), Released: d.paths("released"), Dirty: d.words("dirty"),
				Stores:  list(d, "stores", func() Store { return Store{d.path(), d.maybe()} }),
				Results: list(d, "results", d.maybe),
			}
		}),
		Lost: d.paths("lost"),
		Kept: d.paths("kept"),
		Calls: list(d, "calls", func() Call {
			return Call{
				Fn: d.path(), Method: d.word("method"), Args: list(d, "args", d.maybe), Held: d.held(),
				Flags:    list(d, "flags", func() Store { return Store{d.path(), d.path()} }),
				Released: d.paths("released"), Guard: d.guard(), Steps: d.steps(), After: d.calls(),
			}
		}),
	}
}

// bytesOf returns s as it is stored in a fact.
func bytesOf(s *Summary) []byte { return Encode(s, "p") }

// decode returns the summary in a fact.
func decode(t *rapid.T, table *path.Table, data []byte) *Summary {
	s := Decode(table, data, "p")
	if s == nil {
		t.Fatal("what was encoded can't be decoded")
	}
	return s
}

// TestWire checks that facts say what the summary says, always in the same
// bytes.
func TestWire(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := path.NewTable()
		s := drawer{t, table}.summary()
		data := bytesOf(s)
		if !bytes.Equal(data, bytesOf(s)) {
			t.Fatal("encoding twice gives different bytes")
		}
		if back := decode(t, table, data); !back.Equal(s) {
			t.Fatalf("decoded summary differs:\n%s", cmp.Diff(s.String(), back.String()))
		}
		// In a table of its own the literals of a guard may be in another order,
		// once.
		first := decode(t, path.NewTable(), data)
		again := bytesOf(first)
		second := decode(t, path.NewTable(), again)
		if !bytes.Equal(again, bytesOf(second)) {
			t.Fatalf("encoding what was decoded gives different bytes:\n%s", cmp.Diff(first.String(), second.String()))
		}
		if !decode(t, table, again).Equal(s) {
			t.Fatal("the summary changed on its way through another table")
		}
	})
}

// TestWireWitness checks that witnesses, which Equal leaves out, are kept.
func TestWireWitness(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := path.NewTable()
		s := drawer{t, table}.summary()
		if back := decode(t, table, bytesOf(s)); !bytes.Equal(bytesOf(back), bytesOf(s)) {
			t.Fatalf("decoded summary differs:\n%s", cmp.Diff(s.String(), back.String()))
		}
	})
}

// TestWireMalformed checks that bytes which are no fact are refused or read as
// something, and never end the analysis.
func TestWireMalformed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := bytesOf(drawer{t, path.NewTable()}.summary())
		cut := rapid.IntRange(0, len(data)-1).Draw(t, "cut")
		if Decode(path.NewTable(), data[:cut], "p") != nil {
			t.Fatal("a part of a fact is taken for a whole")
		}
		data[cut] = byte(rapid.IntRange(0, 255).Draw(t, "byte"))
		Decode(path.NewTable(), data, "p")
	})
}
