package path

import (
	"go/token"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// names are short ways to build the paths of the tests.
type names struct{ *Table }

func (n names) field(x *Node, name string) *Node { return n.FieldNamed(x, "pkg.T", name) }

// at returns the content of field name of the struct that x points to.
func (n names) at(x *Node, name string) *Node { return n.Deref(n.field(x, name), nil) }

func TestSubstitution(t *testing.T) {
	n := names{NewTable()}
	p0, p1 := n.Param(0), n.Param(1)
	mu := func(x *Node) *Node { return n.field(x, "mu") }
	listener := n.field(n.at(n.at(p0, "bind"), "frontend"), "mu")
	for _, test := range []struct {
		name string
		path *Node
		to   *Node // instead of p0
		want string
	}{
		{"root", p0, n.Free(2), "free2"},
		{"other root", p1, n.Free(2), "p1"},
		{"field", mu(p0), n.at(p1, "f"), "p1.f*.mu"},
		{"fields", listener, p1, "p1.bind*.frontend*.mu"},
		{"constant index", mu(n.Index(p0, n.Const("1"))), n.at(p1, "a"), "p1.a*[1].mu"},
		{"index is the argument", n.Index(p1, p0), n.Const("3"), "p1[3]"},
		{"map element", n.Lookup(p0, n.Const(`"k"`), nil), n.at(p1, "m"), `p1.m*["k"]`},
		{"read side", n.RLocker(mu(p0)), p1, "p1.mu.RLocker()"},
		{"tuple", n.Extract(p0, 1), p1, "p1#1"},
		{"captured variable of a closure", n.Capture(p0, "pkg.f$1", 1), n.Closure("pkg.f$1", nil, []*Node{n.Const("1"), p1}), "p1"},
		{"of another closure", n.Capture(p0, "pkg.f$2", 1), n.Closure("pkg.f$1", nil, []*Node{n.Const("1"), p1}), "?"},
		{"closure", n.Closure("pkg.f$1", nil, []*Node{p0, p1}), n.Free(0), "pkg.f$1{free0, p1}"},
		{"negation", n.Not(p0), n.Const("true"), "false"},
		{"double negation", n.Not(p0), n.Not(p1), "p1"},
		{"comparison", n.Binary(token.EQL, p0, n.Const("2")), n.Const("2"), "true"},
		{"comparison that stays", n.Binary(token.EQL, p0, n.Const("2")), p1, "(p1==2)"},
		{"mask", n.Binary(token.AND, p0, n.Const("4")), n.Const("6"), "4"},
		{"nil", n.Binary(token.EQL, p0, n.Const("nil")), n.GlobalNamed("pkg.x"), "false"},
		{"projection", n.Projection(p0, mu(p1)), n.Deref(p1, nil), "p1.mu"},
		{"unknown", mu(n.at(p0, "f")), n.Unknown(), "?"},
		{"unknown key", n.Index(p1, p0), n.Unknown(), "?"},
		{"too long", listener, deep(n, p1, maxDepth-4), "?"},
	} {
		s := &Substitution{Table: n.Table, Root: func(r *Node) *Node {
			if r == p0 {
				return test.to
			}
			return nil
		}}
		got := s.Apply(test.path)
		if got.String() != test.want {
			t.Errorf("%s: %s with p0 = %s: got %s, want %s", test.name, test.path, test.to, got, test.want)
		}
		if again := s.Apply(test.path); again != got {
			t.Errorf("%s: applied twice it gives another path", test.name)
		}
	}
}

// deep returns a path of that many loads.
func deep(n names, x *Node, depth int) *Node {
	for range depth / 2 {
		x = n.at(x, "next")
	}
	return x
}

// TestSubstitutionPlaces checks that contents and elements are those of the
// place where the path is evaluated.
func TestSubstitutionPlaces(t *testing.T) {
	n := names{NewTable()}
	p0, site := n.Param(0), new(int)
	changed := n.field(n.Free(0), "cur")
	s := &Substitution{
		Table: n.Table,
		Root: func(r *Node) *Node {
			if r == p0 {
				return n.Free(0)
			}
			return nil
		},
		Load: func(addr *Node) *Node {
			if addr == changed {
				return n.Param(7)
			}
			return n.Deref(addr, nil)
		},
		Site: site,
	}
	if got := s.Apply(n.field(n.at(p0, "cur"), "mu")); got != n.field(n.Param(7), "mu") {
		t.Errorf("content that the caller stored: got %s", got)
	}
	if got := s.Apply(n.at(p0, "other")); got != n.at(n.Free(0), "other") {
		t.Errorf("content that nobody stored: got %s", got)
	}
	if got := s.Apply(n.Elem(p0, nil)); got != n.Elem(n.Free(0), site) {
		t.Errorf("element: got %s", got)
	}
	other := new(int)
	if got := s.Apply(n.Elem(p0, other)); got != n.Elem(n.Free(0), other) {
		t.Errorf("element of a place: got %s", got)
	}
}

func TestReplace(t *testing.T) {
	n := names{NewTable()}
	p0, p1 := n.Param(0), n.Param(1)
	old := n.at(p0, "bind")
	for _, test := range []struct {
		path *Node
		want string
	}{
		{old, "p1"},
		{n.field(old, "mu"), "p1.mu"},
		{n.Index(p1, old), "p1[p1]"},
		{n.Closure("pkg.f$1", nil, []*Node{p0, n.field(old, "x")}), "pkg.f$1{p0, p1.x}"},
		{n.field(p0, "bind"), "p0.bind"},
		{n.at(p0, "mu"), "p0.mu*"},
	} {
		if got := n.Replace(test.path, old, p1); got.String() != test.want {
			t.Errorf("%s: got %s, want %s", test.path, got, test.want)
		}
	}
}

// build makes a path as the numbers say; the same numbers give the same path.
func build(t *Table, numbers []int) *Node {
	n := t.Param(len(numbers) % 3)
	for _, i := range numbers {
		switch i % 10 {
		case 0:
			n = t.FieldNamed(n, "pkg.T", "f")
		case 1:
			n = t.FieldNamed(n, "pkg.U", "f")
		case 2:
			n = t.Deref(n, nil)
		case 3:
			n = t.Index(n, t.Const("1"))
		case 4:
			n = t.Index(n, t.Param(1))
		case 5:
			n = t.Capture(n, "pkg.f$1", 0)
		case 6:
			n = t.Closure("pkg.f$1", nil, []*Node{n, t.Param(0)})
		case 7:
			n = t.Extract(n, i)
		case 8:
			n = t.RLocker(n)
		case 9:
			n = t.Not(n)
		}
	}
	return n
}

// TestInterning checks that paths with the same parts are one node, others
// are not, and that rewriting nothing changes nothing.
func TestInterning(t *testing.T) {
	steps := rapid.SliceOfN(rapid.IntRange(0, 9), 0, 8)
	rapid.Check(t, func(t *rapid.T) {
		table := NewTable()
		a, b := steps.Draw(t, "a"), steps.Draw(t, "b")
		x, y := build(table, a), build(table, b)
		if before := table.Len(); build(table, a) != x || table.Len() != before {
			t.Fatalf("%s was made twice", x)
		}
		if (x == y) != same(x, y) {
			t.Fatalf("%s and %s: one node %v, same parts %v", x, y, x == y, same(x, y))
		}
		none := &Substitution{Table: table, Root: func(*Node) *Node { return nil }}
		if got := none.Apply(x); got != x {
			t.Fatalf("substituting nothing in %s gives %s", x, got)
		}
		if got := table.Replace(x, table.Param(9), y); got != x {
			t.Fatalf("replacing what is not there in %s gives %s", x, got)
		}
		if got := restore(table, x); got != x {
			t.Fatalf("restoring %s gives %s", x, got)
		}
		other := restore(NewTable(), x)
		if !same(other, x) || other.String() != x.String() {
			t.Fatalf("%s in another table is %s", x, other)
		}
		unknown := x.Any(func(n *Node) bool { return n == table.Unknown() }) // itself, or what a closure captured
		if x.Visible() == unknown {
			t.Fatalf("%s: visible %v", x, x.Visible())
		}
	})
}

// same compares two paths part by part.
func same(a, b *Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.Kind != b.Kind || a.Index != b.Index || a.Name != b.Name || a.Owner != b.Owner || len(a.Args) != len(b.Args) {
		return false
	}
	for i := range a.Args {
		if !same(a.Args[i], b.Args[i]) {
			return false
		}
	}
	return same(a.Parent, b.Parent) && same(a.Key, b.Key)
}

// restore makes n in table t, as it is done with paths of facts.
func restore(t *Table, n *Node) *Node {
	if n == nil {
		return nil
	}
	var args []*Node
	for _, a := range n.Args {
		args = append(args, restore(t, a))
	}
	if n.Kind == Unknown {
		return t.Unknown()
	}
	return t.Restore(Parts{Kind: n.Kind, Parent: restore(t, n.Parent), Key: restore(t, n.Key), Args: args, Index: n.Index, Name: n.Name, Owner: n.Owner})
}

// TestPrefix checks the order of a path and its prefixes.
func TestPrefix(t *testing.T) {
	n := names{NewTable()}
	p := n.field(n.at(n.Param(0), "bind"), "mu")
	for x := p; x != nil; x = x.Parent {
		if !p.HasPrefix(x) {
			t.Errorf("%s does not have the prefix %s", p, x)
		}
		if x != p && x.HasPrefix(p) {
			t.Errorf("%s has the prefix %s", x, p)
		}
	}
	if p.Root() != n.Param(0) || p.HasPrefix(n.Param(1)) {
		t.Errorf("root of %s is %s", p, p.Root())
	}
}

// TestDepth checks the bound on the length of paths.
func TestDepth(t *testing.T) {
	n := NewTable()
	p := n.Param(0)
	for range maxDepth {
		p = n.Deref(p, nil)
	}
	if got := strings.Count(p.String(), "*"); got != maxDepth {
		t.Errorf("%d loads left of %d", got, maxDepth)
	}
	if p = n.Deref(p, nil); p != n.Unknown() {
		t.Errorf("a path of %d loads is not unknown: %s", maxDepth+1, p)
	}
}
