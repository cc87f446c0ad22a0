package summary

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Literal says that the value Path equals the constant with text Const, or,
// if Neg, that it does not. Truth of a boolean is written with "true" only.
type Literal struct {
	Path  *path.Node
	Const string
	Neg   bool
}

// Guard is a conjunction of literals, sorted. The empty guard always holds.
type Guard []Literal

// Is returns the literal "p equals the constant c".
func Is(p *path.Node, c string) Literal {
	switch {
	case c == "false":
		return Literal{p, "true", true}.simplify()
	default:
		return Literal{p, c, false}.simplify()
	}
}

// Not returns the negation of l.
func (l Literal) Not() Literal { l.Neg = !l.Neg; return l }

// simplify moves negations, comparisons and sums out of the path into the
// literal.
func (l Literal) simplify() Literal {
	for l.Const == "true" {
		p := l.Path
		switch {
		case p.Kind == path.Unary && p.Name == "!":
			l = Literal{p.Parent, "true", !l.Neg}
		case p.Kind == path.Binary && p.Name == "==" && p.Key.Kind == path.Const:
			l = boolean(p.Parent, p.Key.Name, l.Neg)
		case p.Kind == path.Binary && p.Name == "!=" && p.Key.Kind == path.Const:
			l = boolean(p.Parent, p.Key.Name, !l.Neg)
		default:
			return l
		}
	}
	return l.withoutSum()
}

func boolean(p *path.Node, c string, neg bool) Literal {
	if c == "false" {
		return Literal{p, "true", !neg}
	}
	return Literal{p, c, neg}
}

// Truth is what is known of a literal.
type Truth int8

// The truth values.
const (
	False  Truth = -1
	Unsure Truth = 0
	True   Truth = 1
)

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// Eval decides l by itself: where its path is a constant, or never nil or 0.
func (l Literal) Eval() Truth {
	switch {
	case l.Const == "nil" && l.Path.NeverNil():
		return truth(l.Neg)
	case l.Path.Kind == path.Const && l.Path.Name == "zero", l.Path.IsNotNil() && l.Const != "nil":
		return Unsure
	case l.Path.Kind == path.Const:
		return truth((l.Path.Name == l.Const) != l.Neg)
	case l.Const == "0" && l.Path.NotEmpty():
		return truth(l.Neg)
	}
	return Unsure
}

func (l Literal) compare(m Literal) int {
	if l.Path != m.Path {
		return cmp.Compare(l.Path.ID(), m.Path.ID())
	}
	if c := strings.Compare(l.Const, m.Const); c != 0 {
		return c
	}
	switch {
	case l.Neg == m.Neg:
		return 0
	case m.Neg:
		return -1
	}
	return 1
}

// Implies decides l under g.
func (g Guard) Implies(l Literal) Truth {
	if t := l.Eval(); t != Unsure {
		return t
	}
	if l.Path.Kind == path.Choice {
		if t := g.decides(l); t != Unsure {
			return t
		}
	}
	i, _ := slices.BinarySearchFunc(g, l.Path.ID(), func(m Literal, id int) int { return cmp.Compare(m.Path.ID(), id) })
	for ; i < len(g) && g[i].Path == l.Path; i++ {
		m := g[i]
		switch {
		case m.Const == l.Const:
			return truth(m.Neg == l.Neg)
		case !m.Neg: // equals another constant
			return truth(l.Neg)
		}
	}
	return Unsure
}

// Value returns the constant that p equals under g, or "".
func (g Guard) Value(p *path.Node) string {
	i, _ := slices.BinarySearchFunc(g, p.ID(), func(m Literal, id int) int { return cmp.Compare(m.Path.ID(), id) })
	for ; i < len(g) && g[i].Path == p; i++ {
		switch {
		case !g[i].Neg:
			return g[i].Const
		case g[i].Const == "true":
			return "false"
		}
	}
	return ""
}

// And returns g with l, and false if they contradict each other.
func (g Guard) And(l Literal) (Guard, bool) { return slices.Clip(g).and(l) }

// and is And; it may use the capacity of g.
func (g Guard) and(l Literal) (Guard, bool) {
	l = l.simplify()
	if l.Path.Kind == path.Unknown {
		return g, true
	}
	switch g.Implies(l) {
	case True:
		return g, true
	case False:
		return g, false
	}
	if g.outOfRange(l) || g.ofOtherType(l) {
		return g, false
	}
	if l.Path.Kind == path.Choice {
		if test, other, ok := g.chosen(l); ok {
			if g, ok = g.and(test); !ok {
				return g, false
			}
			return g.and(other)
		}
	}
	i, _ := slices.BinarySearchFunc(g, l, Literal.compare)
	if len(g) == cap(g) {
		g = slices.Concat(g[:i], Guard{l}, g[i:]) // Insert would leave room, and guards are kept
	} else {
		g = slices.Insert(g, i, l)
	}
	return g, !g.choosesOtherwise()
}

// ofOtherType reports whether l says that an interface value is of a type, and g
// that it is of another one.
func (g Guard) ofOtherType(l Literal) bool {
	is := func(l Literal) bool { return l.Const == "true" && !l.Neg }
	return is(l) && slices.ContainsFunc(g, func(o Literal) bool { return is(o) && o.Path.Excludes(l.Path) })
}

// AndAll returns the conjunction of g and h, and false if they contradict
// each other.
func (g Guard) AndAll(h Guard) (Guard, bool) {
	if len(g) == 0 {
		return h, true
	}
	for len(h) > 0 && g.Implies(h[0]) == True {
		h = h[1:]
	}
	if len(h) == 0 {
		return g, true
	}
	ok := true
	for g = append(make(Guard, 0, len(g)+len(h)), g...); len(h) > 0; h = h[1:] {
		if g, ok = g.and(h[0]); !ok {
			return g, false
		}
	}
	return g, true
}

// Has reports whether l is one of the literals of g.
func (g Guard) Has(l Literal) bool {
	_, ok := slices.BinarySearchFunc(g, l, Literal.compare)
	return ok
}

// About reports whether some literal of g is about p.
func (g Guard) About(p *path.Node) bool {
	return slices.ContainsFunc(g, func(l Literal) bool { return l.Path == p })
}

// Covers reports whether g holds wherever h does: each literal of g is one
// of h.
func (g Guard) Covers(h Guard) bool {
	if len(g) > len(h) {
		return false
	}
	has := h.inOrder()
	for _, l := range g {
		if !has(l) {
			return false
		}
	}
	return true
}

// inOrder returns Has for literals that are asked for in order.
func (g Guard) inOrder() func(Literal) bool {
	return func(l Literal) bool {
		for len(g) > 0 && g[0] != l && g[0].compare(l) < 0 {
			g = g[1:]
		}
		return len(g) > 0 && g[0] == l
	}
}

// Meet returns the literals that g and h share: the weakest guard of this
// form that covers both.
func (g Guard) Meet(h Guard) Guard {
	if g.Covers(h) {
		return g
	}
	var out Guard
	has := h.inOrder()
	for _, l := range g {
		if has(l) {
			out = append(out, l)
		}
	}
	return out
}

// Decides returns the literal of g, if there is one, that is the only difference between
// g and h, which has its negation: where they hold, it tells which of them does.
func (g Guard) Decides(h Guard) (Literal, bool) {
	if len(g) != len(h) {
		return Literal{}, false
	}
	at := -1
	for i := range g {
		if g[i] != h[i] {
			if at >= 0 || g[i].Not() != h[i] {
				return Literal{}, false
			}
			at = i
		}
	}
	if at < 0 {
		return Literal{}, false
	}
	return g[at], true
}

// Join returns a guard that holds exactly where g or h does, if there is one:
// one covers the other, or they differ in one literal and its negation.
func (g Guard) Join(h Guard) (Guard, bool) {
	switch {
	case g.Covers(h):
		return g, true
	case h.Covers(g):
		return h, true
	}
	l, ok := g.Decides(h)
	if !ok {
		return nil, false
	}
	return g.Where(func(m Literal) bool { return m != l }), true
}

// Where returns the literals of g for which keep holds.
func (g Guard) Where(keep func(Literal) bool) Guard {
	all := true
	for _, l := range g {
		if !keep(l) {
			all = false
			break
		}
	}
	if all {
		return g
	}
	var out Guard
	for _, l := range g {
		if keep(l) {
			out = append(out, l)
		}
	}
	return out
}

// Visible returns the literals of g that a caller can evaluate.
func (g Guard) Visible() Guard {
	return g.Where(func(l Literal) bool { return l.Path.Visible() })
}

// Map returns g with each path rewritten, and false if that is contradictory.
func (g Guard) Map(f func(*path.Node) *path.Node) (Guard, bool) {
	for i, l := range g {
		if p := f(l.Path); p != l.Path {
			return g[:i].rebuild(p, g[i:], f)
		}
	}
	return g, true
}

// rebuild returns the conjunction of g and rest, with the first path of rest
// replaced by p and the others rewritten by f.
func (g Guard) rebuild(p *path.Node, rest Guard, f func(*path.Node) *path.Node) (Guard, bool) {
	out := append(make(Guard, 0, len(g)+len(rest)), g...)
	ok := true
	for i, l := range rest {
		if i > 0 {
			p = f(l.Path)
		}
		if out, ok = out.and(Literal{p, l.Const, l.Neg}); !ok {
			return nil, false
		}
	}
	return out, true
}

// String renders g for tests and debugging.
func (g Guard) String() string {
	var parts []string
	for _, l := range g {
		op := "=="
		if l.Neg {
			op = "!="
		}
		parts = append(parts, l.Path.String()+op+l.Const)
	}
	return strings.Join(parts, " && ")
}
