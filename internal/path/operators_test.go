package path

import (
	"go/token"
	"testing"
)

// TestOneForm checks that comparisons which say the same are one path, so that a
// test and its negation are literals of it.
func TestOneForm(t *testing.T) {
	n := names{NewTable()}
	p0 := n.Param(0)
	text, slice := n.TextLength(p0), n.Length(p0)
	empty := n.Binary(token.EQL, p0, n.Const(`""`))
	bit := n.Binary(token.AND, p0, n.Const("4"))
	bits := n.Binary(token.AND, p0, n.Const("6"))
	number := func(s string) *Node { return n.Const(s) }
	for _, test := range []struct {
		name      string
		got, want *Node
	}{
		{"an empty string has no length", n.Binary(token.EQL, text, number("0")), empty},
		{"nor less than 1", n.Binary(token.LSS, text, number("1")), empty},
		{"others have some", n.Binary(token.GTR, text, number("0")), n.Not(empty)},
		{"at least 1", n.Binary(token.GEQ, text, number("1")), n.Not(empty)},
		{"a slice is no string", n.Binary(token.EQL, slice, number("0")), n.binary(token.EQL, slice, number("0"))},
		{"a flag that is set is not 0", n.Binary(token.EQL, bit, number("4")), n.Not(n.Binary(token.EQL, bit, number("0")))},
		{"one that is not set is", n.Binary(token.NEQ, bit, number("4")), n.Not(n.Binary(token.NEQ, bit, number("0")))},
		{"two flags are more than not 0", n.Binary(token.EQL, bits, number("6")), n.binary(token.EQL, bits, number("6"))},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, test.got, test.want)
		}
	}
}

// TestIsFunc checks what is known of the function that a value is.
func TestIsFunc(t *testing.T) {
	n := names{NewTable()}
	p0 := n.Param(0)
	is := n.IsFunc(p0, "pkg.f")
	other := n.IsFunc(p0, "pkg.g")
	if !is.Excludes(other) || is.Excludes(is) || is.Excludes(n.IsFunc(n.Param(1), "pkg.g")) {
		t.Error("a value is one function only")
	}
	for _, test := range []struct {
		value *Node
		want  string
	}{
		{n.Closure("pkg.f", nil, nil), "true"},
		{n.Closure("pkg.f", nil, []*Node{p0}), "true"},
		{n.Closure("pkg.g", nil, nil), "false"},
		{n.Const("nil"), "false"},
	} {
		s := &Substitution{Table: n.Table, Root: func(*Node) *Node { return test.value }}
		if got := s.Apply(is); got.Kind != Const || got.Name != test.want {
			t.Errorf("%s is pkg.f: got %s, want %s", test.value, got, test.want)
		}
	}
}

// TestReturns checks which paths may lead back to where they have been.
func TestReturns(t *testing.T) {
	n := names{NewTable()}
	field := func(x *Node, owner, name string) *Node { return n.FieldNamed(x, owner, name) }
	conns := n.Deref(field(n.Param(0), "server", "conns"), nil)
	owner := n.Deref(field(n.Elem(conns, nil), "conn", "server"), nil)
	for _, test := range []struct {
		path *Node
		want bool
	}{
		{field(n.Param(0), "server", "mu"), false},
		{field(n.Elem(conns, nil), "conn", "mu"), false},
		{owner, false},
		{field(owner, "server", "mu"), true},
		{field(field(owner, "server", "options"), "options", "quiet"), true},
	} {
		if got := test.path.Returns(); got != test.want {
			t.Errorf("%s: got %t", test.path, got)
		}
	}
}

// TestGeneral checks how callers name what a function met at places of its own.
func TestGeneral(t *testing.T) {
	n := names{NewTable()}
	p0, here := n.Param(0), new(int)
	some := n.Elem(p0, nil)
	local := n.Fresh(1)
	local = n.MadeAt(local, 0, here)
	for _, test := range []struct {
		name      string
		got, want *Node
	}{
		{"an element of a place", n.Elem(p0, here), some},
		{"at a constant index", n.Index(p0, n.Const("1")), n.Index(p0, n.Const("1"))},
		{"at an index that only the function knows", n.Index(p0, n.Deref(local, nil)), some},
		{"the content there", n.Deref(n.Index(p0, n.Deref(local, nil)), nil), some},
		{"under a key of its own", n.Lookup(p0, n.Deref(local, nil), nil), some},
		{"under one that callers know", n.Lookup(p0, n.Param(1), nil), n.Lookup(p0, n.Param(1), nil)},
	} {
		if got := n.General(test.got); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
