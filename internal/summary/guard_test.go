package summary

import (
	"go/token"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/lockreentry/lockreentry/internal/path"
)

// world is a set of parameters with the values that each can have. Guards are
// compared with what they mean: the assignments under which they hold.
type world struct {
	t      *path.Table
	params []*path.Node
	values [][]string // of each parameter
}

// newWorld has two booleans, and two others with a value ("9") that no literal
// speaks of.
func newWorld() *world {
	t := path.NewTable()
	bools, others := []string{"true", "false"}, []string{"0", "1", "nil", "9"}
	return &world{t, []*path.Node{t.Param(0), t.Param(1), t.Param(2), t.Param(3)}, [][]string{bools, bools, others, others}}
}

// assignment gives each parameter a value.
type assignment map[*path.Node]string

// all calls f with every assignment.
func (w *world) all(f func(assignment)) {
	a := assignment{}
	var choose func(i int)
	choose = func(i int) {
		if i == len(w.params) {
			f(a)
			return
		}
		for _, v := range w.values[i] {
			a[w.params[i]] = v
			choose(i + 1)
		}
	}
	choose(0)
}

func (a assignment) literal(l Literal) bool { return (a[l.Path] == l.Const) != l.Neg }

func (a assignment) guard(g Guard) bool {
	for _, l := range g {
		if !a.literal(l) {
			return false
		}
	}
	return true
}

// literal draws a literal.
func (w *world) literal(t *rapid.T) Literal {
	i := rapid.IntRange(0, len(w.params)-1).Draw(t, "param")
	if w.values[i][0] == "true" {
		return Literal{w.params[i], "true", rapid.Bool().Draw(t, "neg")}
	}
	c := rapid.SampledFrom(w.values[i][:3]).Draw(t, "const")
	return Literal{w.params[i], c, rapid.Bool().Draw(t, "neg")}
}

// guard draws a guard that is not contradictory.
func (w *world) guard(t *rapid.T) Guard {
	var g Guard
	for range rapid.IntRange(0, 5).Draw(t, "len") {
		if h, ok := g.And(w.literal(t)); ok {
			g = h
		}
	}
	return g
}

func TestGuardAnd(t *testing.T) {
	w := newWorld()
	rapid.Check(t, func(t *rapid.T) {
		g, l := w.guard(t), w.literal(t)
		before := slices.Clone(g)
		h, ok := g.And(l)
		w.all(func(a assignment) {
			want := a.guard(before) && a.literal(l)
			if ok && a.guard(h) != want || !ok && want {
				t.Fatalf("%v and %v is %v, %v: wrong for %v", before, Guard{l}, h, ok, a)
			}
		})
		if !slices.Equal(g, before) {
			t.Fatalf("%v was changed to %v", before, g)
		}
		if !slices.IsSortedFunc(h, Literal.compare) {
			t.Fatalf("%v is not sorted", h)
		}
		if ok && !h.Has(l) && h.Implies(l) != True {
			t.Fatalf("%v does not imply %v", h, Guard{l})
		}
	})
}

func TestGuardImplies(t *testing.T) {
	w := newWorld()
	rapid.Check(t, func(t *rapid.T) {
		g, l := w.guard(t), w.literal(t)
		got := g.Implies(l)
		w.all(func(a assignment) {
			if a.guard(g) && (got == True && !a.literal(l) || got == False && a.literal(l)) {
				t.Fatalf("%v implies %v: %d, wrong for %v", g, Guard{l}, got, a)
			}
		})
		if not := g.Implies(l.Not()); not != -got {
			t.Fatalf("%v implies %v: %d, but its negation: %d", g, Guard{l}, got, not)
		}
	})
}

func TestGuardCoversMeetJoin(t *testing.T) {
	w := newWorld()
	rapid.Check(t, func(t *rapid.T) {
		g, h := w.guard(t), w.guard(t)
		if rapid.Bool().Draw(t, "alike") && len(g) > 0 { // or they seldom join
			h = slices.Clone(g)
			i := rapid.IntRange(0, len(h)-1).Draw(t, "flip")
			if changed, ok := slices.Delete(slices.Clone(h), i, i+1).And(h[i].Not()); ok {
				h = changed
			}
		}
		covers, meet := g.Covers(h), g.Meet(h)
		join, joins := g.Join(h)
		w.all(func(a assignment) {
			inG, inH := a.guard(g), a.guard(h)
			if covers && inH && !inG {
				t.Fatalf("%v covers %v: wrong for %v", g, h, a)
			}
			if (inG || inH) && !a.guard(meet) {
				t.Fatalf("%v meets %v in %v: wrong for %v", g, h, meet, a)
			}
			if joins && a.guard(join) != (inG || inH) {
				t.Fatalf("%v joins %v to %v: wrong for %v", g, h, join, a)
			}
		})
		if !slices.Equal(meet, h.Meet(g)) {
			t.Fatalf("Meet of %v and %v depends on the order", g, h)
		}
		if back, ok := h.Join(g); ok != joins || !slices.Equal(back, join) {
			t.Fatalf("Join of %v and %v depends on the order", g, h)
		}
		if !meet.Covers(g) || !meet.Covers(h) {
			t.Fatalf("%v, where %v meets %v, does not cover both", meet, g, h)
		}
		if !g.Covers(g) || !slices.Equal(g.Meet(g), g) {
			t.Fatalf("%v is not like itself", g)
		}
	})
}

func TestGuardMap(t *testing.T) {
	w := newWorld()
	rapid.Check(t, func(t *rapid.T) {
		g := w.guard(t)
		fixed := assignment{}
		for i, p := range w.params {
			if rapid.Bool().Draw(t, "fix") {
				fixed[p] = rapid.SampledFrom(w.values[i]).Draw(t, "value")
			}
		}
		h, ok := g.Map(func(p *path.Node) *path.Node {
			if v, ok := fixed[p]; ok {
				return w.t.Const(v)
			}
			return p
		})
		w.all(func(a assignment) {
			for p, v := range fixed {
				if a[p] != v {
					return
				}
			}
			if want := a.guard(g); ok && a.guard(h) != want || !ok && want {
				t.Fatalf("%v with %v is %v, %v: wrong for %v", g, fixed, h, ok, a)
			}
		})
	})
}

// TestIs checks that conditions of the source become literals on what they
// test.
func TestIs(t *testing.T) {
	tab := path.NewTable()
	p, q := tab.Param(0), tab.Param(1)
	eq := func(x *path.Node, c string) *path.Node { return tab.Binary(token.EQL, x, tab.Const(c)) }
	ne := func(x *path.Node, c string) *path.Node { return tab.Binary(token.NEQ, x, tab.Const(c)) }
	for _, test := range []struct {
		got  Literal
		want string
	}{
		{Is(p, "true"), "p0==true"},
		{Is(p, "false"), "p0!=true"},
		{Is(tab.Not(p), "true"), "p0!=true"},
		{Is(tab.Not(p), "false"), "p0==true"},
		{Is(eq(p, "2"), "true"), "p0==2"},
		{Is(eq(p, "2"), "false"), "p0!=2"},
		{Is(ne(p, "nil"), "true"), "p0!=nil"},
		{Is(ne(p, "nil"), "false"), "p0==nil"},
		{Is(eq(p, "true"), "true"), "p0==true"},
		{Is(eq(p, "false"), "true"), "p0!=true"},
		{Is(eq(p, "false"), "false"), "p0==true"},
		{Is(tab.Not(eq(p, "2")), "true"), "p0!=2"},
		{Is(eq(eq(p, "2"), "false"), "true"), "p0!=2"},
		{Is(tab.Binary(token.EQL, p, q), "true"), "(p0==p1)==true"},
		{Is(tab.Binary(token.EQL, tab.Const("2"), p), "true"), "p0==2"},
	} {
		if got := (Guard{test.got}).String(); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}
