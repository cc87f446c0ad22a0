package analyzer

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Importers can hold a lock that they can't name only if the package lends it to
// them: it is held when a function returns to them, or calls them, or they get
// hold of it in a result. The others are none of their business, and most
// functions have nothing to tell once these are left out.

// lent tells which names importers meet in what they are told, even if they can't use
// them.
type lent struct {
	api   *api
	given names // in what importers get
	held  names // in the locks that are held where they are called or returned to
	asked names // in conditions, and in what happens under them
}

// names is a set of names of fields and variables.
type names map[string]bool

func (n *names) add(name string) {
	if *n == nil {
		*n = names{}
	}
	(*n)[name] = true
}

// pruneLocks takes out of e the locks and calls that importers can't meet.
func (e *exports) pruneLocks() {
	plain := dataTypes{}
	for i := range e.funcs {
		f := &e.funcs[i]
		f.effects = plain.withoutData(f)
		e.noteGiven(f)
	}
	for name, calls := range e.stored {
		e.stored[name] = e.theirsStored(calls)
	}
	e.vars = e.theirsStored(e.vars)
	e.each(e.withoutCalls)
	e.each(e.lent.withoutLocks)
}

// pruneMemory takes out of e what importers don't ask about.
func (e *exports) pruneMemory() {
	e.each(e.lent.withoutCells)
	for i := range e.funcs {
		e.funcs[i].effects = e.lent.connections(&e.funcs[i])
	}
}

// each replaces the summaries by what step makes of them.
func (e *exports) each(step func(*summary.Summary) *summary.Summary) {
	for i := range e.funcs {
		if f := &e.funcs[i]; f.summary != nil {
			f.summary = step(f.summary)
		}
	}
}

func (e *exports) noteGiven(f *exportedFunc) {
	if f.summary != nil {
		e.lent.noteResults(f.summary)
	}
	if f.effects == nil {
		return
	}
	for _, st := range f.effects.Stores {
		e.lent.give(st.Val)
	}
	e.lent.give(f.effects.Results...)
}

// theirsStored returns those of the calls that are of what importers may have stored,
// and notes what is passed to it and what is held then.
func (e *exports) theirsStored(calls []summary.Stored) []summary.Stored {
	calls = slices.DeleteFunc(slices.Clone(calls), func(c summary.Stored) bool { return !e.isTheirs(c.Value) })
	for i := range calls {
		e.lent.give(calls[i].Args...)
		e.lent.note(&e.lent.asked, calls[i].Value)
		e.lent.noteHeld(calls[i].Held)
	}
	return calls
}

// noteResults notes what s returns, stores and passes on.
func (l *lent) noteResults(s *summary.Summary) {
	for i := range s.Exits {
		l.give(s.Exits[i].Results...)
		for _, st := range s.Exits[i].Stores {
			l.give(st.Val)
		}
	}
	for i := range s.Calls {
		l.give(s.Calls[i].Args...)
	}
	for _, lit := range s.Literals {
		l.noteResults(lit.Summary)
	}
}

func (l *lent) noteHeld(list []summary.Held) {
	for i := range list {
		l.note(&l.held, list[i].Path)
	}
}

// give notes the names on the ways to values that importers get. Who gets what
// a function returned does not get the function.
func (l *lent) give(values ...*path.Node) {
	for _, v := range values {
		for n := v; n != nil && n.Kind != path.Called && n.Kind != path.Extract; n = n.Parent {
			if n.Kind == path.Field || n.Kind == path.Global {
				l.given.add(n.Class())
			}
			l.give(n.Args...)
		}
	}
}

// note adds the names on the paths.
func (l *lent) note(to *names, paths ...*path.Node) {
	for _, p := range paths {
		p.Any(func(n *path.Node) bool {
			if n.Kind == path.Field || n.Kind == path.Global {
				to.add(n.Class())
			}
			for _, class := range n.LooksAt() {
				to.add(strings.TrimLeft(class, path.Elements))
			}
			return false
		})
	}
}

// withoutCalls returns s without the calls of what importers can't have stored,
// and notes what is held at the others.
func (e *exports) withoutCalls(s *summary.Summary) *summary.Summary {
	out := *s
	out.Acquires, out.Calls = slices.Clone(s.Acquires), slices.DeleteFunc(slices.Clone(s.Calls), func(c summary.Call) bool { return !e.isTheirs(c.Fn) })
	for i := range out.Acquires {
		out.Acquires[i].After = e.theirs(out.Acquires[i].After)
	}
	for i := range out.Calls {
		out.Calls[i].After = e.theirs(out.Calls[i].After)
		e.lent.noteHeld(out.Calls[i].Held)
	}
	for _, exits := range [][]summary.Exit{s.Exits, s.Panics} {
		for i := range exits {
			e.lent.noteHeld(exits[i].Held)
		}
	}
	out.Literals = eachLiteral(s, e.withoutCalls)
	return &out
}

func eachLiteral(s *summary.Summary, step func(*summary.Summary) *summary.Summary) []summary.FuncLiteral {
	list := slices.Clone(s.Literals)
	for i := range list {
		list[i].Summary = step(list[i].Summary)
	}
	return list
}

// theirs returns those of the calls that are of what importers may have stored.
func (e *exports) theirs(calls []*path.Node) []*path.Node {
	return slices.DeleteFunc(slices.Clone(calls), func(c *path.Node) bool { return c.Kind == path.Called && !e.isTheirs(c.Args[0]) })
}

// isTheirs reports whether importers can have stored the value fn: they can store
// something in the field that it is found in, and know the variable.
func (e *exports) isTheirs(fn *path.Node) bool {
	if root := fn.Root(); root.Kind == path.Global && !e.fields["."+root.Name] {
		if name := e.lent.secret(root); name != "" && !e.lent.given[name] {
			return false
		}
	}
	for f := fn; f != nil; f = f.Parent {
		if f.Kind == path.Field {
			return token.IsExported(f.Name) || e.fields[f.Owner+"."+f.Name]
		}
	}
	return true
}

// withoutLocks returns s without the locks that importers can't know, and notes
// what they ask about.
func (l *lent) withoutLocks(s *summary.Summary) *summary.Summary {
	out := *s
	unknown := func(p *path.Node) bool { return !l.knows(p) }
	out.Acquires = slices.DeleteFunc(slices.Clone(s.Acquires), func(a summary.Acquire) bool { return unknown(a.Path) })
	out.Lost = slices.DeleteFunc(slices.Clone(s.Lost), unknown)
	out.Exits = slices.Clone(s.Exits)
	for i := range out.Exits {
		out.Exits[i].Released = slices.DeleteFunc(slices.Clone(out.Exits[i].Released), unknown)
	}
	out.Literals = eachLiteral(s, l.withoutLocks)
	l.noteAsked(&out)
	return &out
}

// knows reports whether importers may know the lock p: by its field, if it is one
// by itself and not what a pointer leads to, and by the variable that it is in.
func (l *lent) knows(p *path.Node) bool {
	for _, n := range [...]*path.Node{p, p.Root()} {
		if name := l.secret(n); name != "" && !l.given[name] && !l.held[name] {
			return false
		}
	}
	return true
}

// noteAsked notes the secret names in the conditions of s and in what it does
// under them.
func (l *lent) noteAsked(s *summary.Summary) {
	note := func(g summary.Guard, paths ...*path.Node) {
		l.note(&l.asked, paths...)
		for _, lit := range g {
			l.note(&l.asked, lit.Path)
		}
	}
	for i := range s.Acquires {
		note(s.Acquires[i].Guard, s.Acquires[i].Path)
	}
	for i := range s.Pairs {
		note(s.Pairs[i].Taken.Guard, s.Pairs[i].Held.Path, s.Pairs[i].Taken.Path)
	}
	for i := range s.Calls {
		note(s.Calls[i].Guard, s.Calls[i].Fn)
	}
	for _, exits := range [][]summary.Exit{s.Exits, s.Panics} {
		for i := range exits {
			note(exits[i].Guard, exits[i].Released...)
		}
	}
}

// secret returns the name of the field or variable n if it is one of the package
// that importers can't name, or "".
func (l *lent) secret(n *path.Node) string {
	if n.Kind != path.Field && n.Kind != path.Global {
		return ""
	}
	if name := n.Class(); l.isSecret(name) {
		return name
	}
	return ""
}

// isSecret reports whether the package declares the field or variable of that name,
// and importers can't name it.
func (l *lent) isSecret(name string) bool {
	return !token.IsExported(name[strings.LastIndexByte(name, '.')+1:]) && declares(l.api.pkg, name)
}

// declares reports whether pkg declares the variable, or the type of the field, of that
// name.
func declares(pkg *types.Package, name string) bool {
	rest, ok := strings.CutPrefix(name, pkg.Path())
	return ok && strings.HasPrefix(rest, ".") && !strings.Contains(rest, "/")
}
