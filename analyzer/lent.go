package analyzer

import (
	"go/token"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Importers can hold a lock that they can't name only if the package lends it to
// them: it is held when a function returns to them, or calls them, or they get
// hold of it in a result. The others are none of their business, and most
// functions have nothing to tell once these are left out.

// lent tells which of the names that importers can't use they meet in what they
// are told.
type lent struct {
	pkg   string          // path of the package
	names map[string]bool // in what they hold or get
	asked map[string]bool // in conditions, too, and in the locks that functions take
}

// note fills in the names.
func (e *exports) note() {
	for _, f := range e.funcs {
		e.lent.noteSummary(f.summary)
		if f.effects == nil {
			continue
		}
		for _, st := range f.effects.Stores {
			e.lent.note(st.Val)
		}
		e.lent.note(f.effects.Results...)
	}
	for _, calls := range e.stored {
		e.lent.noteStored(calls)
	}
	e.lent.noteStored(e.vars)
	for i := range e.funcs {
		if f := &e.funcs[i]; f.summary != nil {
			f.summary = e.forImporters(f.summary)
			e.lent.noteAsked(f.summary)
		}
	}
}

func (l *lent) noteStored(calls []summary.Stored) {
	for i := range calls {
		l.noteHeld(calls[i].Held)
		l.note(calls[i].Args...)
	}
}

func (l *lent) noteSummary(s *summary.Summary) {
	if s == nil {
		return
	}
	for _, exits := range [][]summary.Exit{s.Exits, s.Panics} {
		for i := range exits {
			l.noteHeld(exits[i].Held)
			l.note(exits[i].Results...)
			for _, st := range exits[i].Stores {
				l.note(st.Val)
			}
		}
	}
	for i := range s.Calls {
		l.noteHeld(s.Calls[i].Held)
		l.note(s.Calls[i].Args...)
	}
	for _, lit := range s.Literals {
		l.noteSummary(lit.Summary)
	}
}

func (l *lent) noteHeld(list []summary.Held) {
	for i := range list {
		l.note(list[i].Path)
	}
}

// note notes the secret names on the paths.
func (l *lent) note(paths ...*path.Node) {
	for _, p := range paths {
		l.noteIn(&l.names, p)
	}
}

func (l *lent) noteIn(names *map[string]bool, p *path.Node) {
	p.Any(func(n *path.Node) bool {
		if name := l.secret(n); name != "" {
			if *names == nil {
				*names = map[string]bool{}
			}
			(*names)[name] = true
		}
		return false
	})
}

// noteAsked notes the secret names in the conditions of s and in what it does
// under them.
func (l *lent) noteAsked(s *summary.Summary) {
	guard := func(g summary.Guard) {
		for _, lit := range g {
			l.noteIn(&l.asked, lit.Path)
		}
	}
	for i := range s.Acquires {
		l.noteIn(&l.asked, s.Acquires[i].Path)
		guard(s.Acquires[i].Guard)
	}
	for i := range s.Pairs {
		l.noteIn(&l.asked, s.Pairs[i].Held.Path)
		l.noteIn(&l.asked, s.Pairs[i].Taken.Path)
		guard(s.Pairs[i].Taken.Guard)
	}
	for i := range s.Calls {
		l.noteIn(&l.asked, s.Calls[i].Fn)
		guard(s.Calls[i].Guard)
	}
	for _, exits := range [][]summary.Exit{s.Exits, s.Panics} {
		for i := range exits {
			guard(exits[i].Guard)
			for _, r := range exits[i].Released {
				l.noteIn(&l.asked, r)
			}
		}
	}
	for _, lit := range s.Literals {
		l.noteAsked(lit.Summary)
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
	return !token.IsExported(name[strings.LastIndexByte(name, '.')+1:]) && l.declares(name)
}

// declares reports whether the package declares the variable, or the type of the
// field, of that name.
func (l *lent) declares(name string) bool {
	rest, ok := strings.CutPrefix(name, l.pkg)
	return ok && strings.HasPrefix(rest, ".") && !strings.Contains(rest, "/")
}

// knows reports whether importers may know the lock p: by its field, if it is one
// by itself and not what a pointer leads to, and by the variable that it is in.
func (l *lent) knows(p *path.Node) bool {
	for _, n := range [...]*path.Node{p, p.Root()} {
		if name := l.secret(n); name != "" && !l.names[name] {
			return false
		}
	}
	return true
}

// forImporters returns s without the locks that importers can't know, and without
// the calls of what they can't have stored.
func (e *exports) forImporters(s *summary.Summary) *summary.Summary {
	out := *s
	l := &e.lent
	out.Acquires = slices.DeleteFunc(slices.Clone(s.Acquires), func(a summary.Acquire) bool { return !l.knows(a.Path) })
	out.Lost = slices.DeleteFunc(slices.Clone(s.Lost), func(n *path.Node) bool { return !l.knows(n) })
	for i := range out.Acquires {
		out.Acquires[i].After = e.theirs(out.Acquires[i].After)
	}
	out.Calls = slices.DeleteFunc(slices.Clone(s.Calls), func(c summary.Call) bool { return !e.isTheirs(c.Fn) })
	for i := range out.Calls {
		out.Calls[i].After = e.theirs(out.Calls[i].After)
	}
	out.Exits = slices.Clone(s.Exits)
	for i := range out.Exits {
		x := &out.Exits[i]
		x.Released = slices.DeleteFunc(slices.Clone(x.Released), func(n *path.Node) bool { return !l.knows(n) })
	}
	out.Literals = slices.Clone(s.Literals)
	for i := range out.Literals {
		out.Literals[i].Summary = e.forImporters(out.Literals[i].Summary)
	}
	return &out
}

// theirs returns those of the calls that are of what importers may have stored.
func (e *exports) theirs(calls []*path.Node) []*path.Node {
	return slices.DeleteFunc(slices.Clone(calls), func(c *path.Node) bool { return c.Kind == path.Called && !e.isTheirs(c.Args[0]) })
}

// isTheirs reports whether importers can have stored the value fn: they can store
// something in the field that it is found in, and know the variable.
func (e *exports) isTheirs(fn *path.Node) bool {
	if root := fn.Root(); root.Kind == path.Global && !e.fields["."+root.Name] {
		if name := e.lent.secret(root); name != "" && !e.lent.names[name] {
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

// withoutCells returns s without the changes of cells that importers never ask
// about.
func (l *lent) withoutCells(s *summary.Summary) *summary.Summary {
	out := *s
	out.Exits = slices.Clone(s.Exits)
	for i := range out.Exits {
		e := &out.Exits[i]
		e.Dirty = slices.DeleteFunc(slices.Clone(e.Dirty), func(class string) bool {
			field := strings.TrimLeft(class, "[]")
			return l.isSecret(field) && !l.names[field] && !l.asked[field]
		})
	}
	return &out
}
