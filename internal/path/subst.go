package path

import (
	"go/token"
	"go/types"
	"slices"
)

// Substitution rewrites a path from the terms of one function into those of
// another, or from one state into a later one.
type Substitution struct {
	Table *Table
	// Root maps a root; it returns nil to keep it.
	Root func(*Node) *Node
	// Whole gives what a path becomes as a whole; nil, or where it returns nil, the
	// path is rebuilt from its parts.
	Whole func(*Node) *Node
	// Load gives the content of an address where the rewritten path is
	// evaluated; nil means the plain Deref.
	Load func(addr *Node) *Node
	// Element gives element k of the map m where the rewritten path is
	// evaluated; nil means the plain Lookup.
	Element func(m, k *Node) *Node
	// Every gives the element that stands for every element of the container
	// c; nil means all of them.
	Every func(c *Node) *Node
	// TypeOf gives the type of a value where that is known; nil means what the
	// path tells.
	TypeOf func(*Node) types.Type
	// Answer gives what x, or its method, returns without arguments, or nil.
	Answer func(x *Node, method string) *Node
	// Changed reports whether cells of one of the classes may have other contents
	// where the rewritten path is evaluated; nil means that none has.
	Changed func(classes []string) bool
	// Site names the place for elements and contents that the source function
	// left open.
	Site any

	memo map[*Node]*Node
}

// Apply returns n rewritten.
func (s *Substitution) Apply(n *Node) *Node {
	if n == nil {
		return nil
	}
	if n.isPlainRoot() {
		return s.root(n)
	}
	if r, ok := s.memo[n]; ok {
		return r
	}
	r := s.whole(n)
	if r == nil {
		r = s.rebuild(n)
	}
	if s.memo == nil {
		s.memo = map[*Node]*Node{}
	}
	s.memo[n] = r
	return r
}

func (s *Substitution) whole(n *Node) *Node {
	if s.Whole == nil {
		return nil
	}
	return s.Whole(n)
}

// isPlainRoot reports whether n is a root that is not made of other paths.
func (n *Node) isPlainRoot() bool { return n.IsRoot() && n.Args == nil && n.Kind != Closure }

func (s *Substitution) root(n *Node) *Node {
	if r := s.Root(n); r != nil {
		return r
	}
	return n
}

func (s *Substitution) rebuild(n *Node) *Node {
	t := s.Table
	switch n.Kind {
	case Closure, Struct, Called, Choice, Asks:
		args := each(n.Args, s.Apply)
		if n.IsAnswered() {
			return s.answered(n, args)
		}
		return t.withArgs(n, args)
	case Deref:
		p := s.Apply(n.Parent)
		if p.Kind == Unknown && n.Parent.Kind == Index {
			return s.someElement(n.Parent)
		}
		if n.Site == nil && s.Load != nil {
			return s.Load(p)
		}
		return t.Deref(p, n.Site)
	case Lookup:
		m, k := s.Apply(n.Parent), s.Apply(n.Key)
		if n.Site == nil && s.Element != nil {
			return s.Element(m, k)
		}
		return t.Lookup(m, k, n.Site)
	case Extract:
		if n.Parent.Kind == Lookup {
			return s.found(n)
		}
	case Elem, Part:
		site := n.Site
		if site == nil {
			site = s.Site
		}
		return t.intern(Parts{Kind: n.Kind, Parent: s.Apply(n.Parent), Site: site})
	case Every:
		c := s.Apply(n.Parent)
		if s.Every != nil {
			return s.Every(c)
		}
		return t.Every(c)
	case Field:
		if n.Index == 1 { // a projection of a struct value
			return t.Projection(s.Apply(n.Parent), n)
		}
		return t.FieldOf(s.Apply(n.Parent), n)
	case RLocker:
		return t.RLocker(s.Apply(n.Parent))
	case Capture:
		return t.Capture(s.Apply(n.Parent), n.Name, n.Index)
	case Verb:
		if n.Name == "" {
			return t.VerbOf(s.Apply(n.Parent), n.Key)
		}
		return t.Verb(s.Apply(n.Parent), n.Key, n.Name)
	case Unary:
		return s.unary(n)
	case Binary:
		if n.Name == valueOp {
			return t.ContextValue(s.Apply(n.Parent), s.Apply(n.Key))
		}
		if textTests[n.Name] != nil {
			return t.Text(n.Name, s.Apply(n.Parent), s.Apply(n.Key))
		}
		return t.Binary(token.Token(n.Index), s.Apply(n.Parent), s.Apply(n.Key))
	}
	c := n.Parts()
	c.Parent, c.Key = s.Apply(n.Parent), s.Apply(n.Key)
	return t.intern(c)
}

// found rebuilds n, which tells whether a map has an element.
func (s *Substitution) found(n *Node) *Node {
	t := s.Table
	m, k := s.Apply(n.Parent.Parent), s.Apply(n.Parent.Key)
	at := s.Apply(n.Parent)
	switch {
	case at.Kind == Unknown || m.Kind == Unknown || k.Kind == Unknown:
		return t.Unknown()
	case at.Kind == Lookup && at.Parent == m && at.Key == k:
		return t.Extract(at, n.Index)
	}
	return t.Const("true") // it has been put there
}

// unary rebuilds an operation with one operand.
func (s *Substitution) unary(n *Node) *Node {
	t := s.Table
	switch n.Name {
	case lenOp:
		return t.length(s.Apply(n.Parent), n.Index)
	case typeOp:
		return s.hasType(s.Apply(n.Parent), n)
	case homeOp:
		x := s.Apply(n.Parent)
		return t.declaredIn(x, s.typeOf(x), n.Owner)
	case funcOp:
		return t.IsFunc(s.Apply(n.Parent), n.Owner)
	case askOp:
		return s.answer(s.Apply(n.Parent), n)
	case takeOp:
		return t.Takable(s.Apply(n.Parent), n.Owner)
	}
	return t.Not(s.Apply(n.Parent))
}

// answered returns n, made by Answered, for what its parts are now; Unknown where one is not
// known, or where a cell that it depends on has changed.
func (s *Substitution) answered(n *Node, args []*Node) *Node {
	if slices.ContainsFunc(args, func(a *Node) bool { return a.Kind == Unknown }) || s.Changed != nil && s.Changed(n.LooksAt()) {
		return s.Table.unknown
	}
	if text := s.Table.textOf(args[0], args[1:]); text != nil {
		return text
	}
	return s.Table.withArgs(n, args)
}

// someElement returns the content of n, an element at an index that is not known, as
// some element of its container: one for each index, which may be another each time.
func (s *Substitution) someElement(n *Node) *Node {
	c := s.Apply(n.Parent)
	if c.Kind == Unknown {
		return c
	}
	return s.Table.Elem(s.Table.Part(c, s.Site), n.Key)
}

// hasType returns n, a test of a dynamic type, of x.
func (s *Substitution) hasType(x, n *Node) *Node {
	return s.Table.hasType(x, s.typeOf(x), n.Owner, n.Index)
}

// typeOf returns the type of the value x, or nil.
func (s *Substitution) typeOf(x *Node) types.Type {
	if s.TypeOf != nil {
		return s.TypeOf(x)
	}
	return x.Type()
}

// answer returns n, the answer of a function, of x.
func (s *Substitution) answer(x, n *Node) *Node {
	if s.Answer != nil {
		if a := s.Answer(x, n.Owner); a != nil {
			return a
		}
	}
	return s.Table.Answer(x, n.Owner, n.Key.Name)
}

// each returns what f makes of each node of the list.
func each(list []*Node, f func(*Node) *Node) []*Node {
	out := make([]*Node, len(list))
	for i, n := range list {
		out[i] = f(n)
	}
	return out
}

// withArgs returns the compound n with other parts.
func (t *Table) withArgs(n *Node, args []*Node) *Node {
	if n.Kind == Choice {
		return t.Choice(args[0], args[1], args[2])
	}
	return t.compound(Parts{Kind: n.Kind, Name: n.Name, Owner: n.Owner, Site: n.Site, Fn: n.Fn, Args: args})
}

// Replace returns n with every prefix old replaced by new.
func (t *Table) Replace(n, old, new *Node) *Node {
	if n == nil {
		return nil
	}
	if n == old {
		return new
	}
	if !n.Any(func(m *Node) bool { return m == old }) {
		return n
	}
	if n.Args != nil {
		return t.WithParts(n, func(a *Node) *Node { return t.Replace(a, old, new) })
	}
	c := n.Parts()
	c.Parent, c.Key = t.Replace(n.Parent, old, new), t.Replace(n.Key, old, new)
	return t.intern(c)
}

// AnyElement returns n with it left open which elements of containers are meant.
func (t *Table) AnyElement(n *Node) *Node { return t.anyElement(n, false) }

// AnyUnnamed is AnyElement, but for those that are looked up by what callers pass, or by a
// constant.
func (t *Table) AnyUnnamed(n *Node) *Node { return t.anyElement(n, true) }

func (t *Table) anyElement(n *Node, named bool) *Node {
	switch {
	case n == nil || n.IsRoot():
		return n
	case named && n.Kind == Lookup && (n.Key.Kind == Param || n.Key.Kind == Const):
		return t.WithParent(n, t.anyElement(n.Parent, named))
	case n.Kind == Elem || n.Kind == Index || n.Kind == Lookup:
		return t.Elem(t.anyElement(n.Parent, named), nil)
	case n.Kind == Part:
		return t.anyElement(n.Parent, named)
	}
	return t.WithParent(n, t.anyElement(n.Parent, named))
}
