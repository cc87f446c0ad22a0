package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A rule says of all elements of a container that they lead to one lock. If one is
// chosen in a way that is not understood, and takes the lock only if it is of some kind,
// the choice may be what leaves out those of that kind: `if p != s.self { p.send() }`.

// singledOut reports whether the way to a lock, which is taken under g at site, leads
// from an element that was chosen so, here or in a callee.
func (x *executor) singledOut(s *state, site ssa.Instruction, g summary.Guard, way *path.Node) bool {
	if x.pickedOut(s, site, g, way) {
		return true
	}
	for n := way; n != nil; n = n.Parent {
		about := func(l summary.Literal) bool { return !way.HasPrefix(l.Path) && x.isAbout(l.Path, n) }
		if slices.ContainsFunc(g, func(l summary.Literal) bool { return about(l) && isPicked(n) && changedIn(l.Path, n) }) {
			return true
		}
		choice := func(l summary.Literal) bool { return about(l) && !contents(l.Path, n) }
		kind := func(l summary.Literal) bool { return about(l) && contents(l.Path, n) }
		asks := passesLiteral(site) && !slices.ContainsFunc(g, kind)
		compares := func(l summary.Literal) bool { return choice(l) && !(asks && l.Path.Kind == path.Called) }
		if slices.ContainsFunc(g, compares) && s.chosenBefore(n, site) {
			return true
		}
		if v := x.visitAt(s, n); v != nil {
			demands := func(l summary.Literal) bool { return (kind(l) || about(l) && !s.cond.Has(l)) && !v.decides(s, l, site) }
			return slices.ContainsFunc(g, demands) && !v.reaches(s, site)
		}
		if n.Kind == path.Every {
			return slices.ContainsFunc(g, kind) && slices.ContainsFunc(g, choice)
		}
	}
	return false
}

// chosenBefore reports whether the element n may have been chosen by what g compares it
// with: the call at site has found it, or a test of the key that it was looked up by has
// decided a branch.
func (s *state) chosenBefore(n *path.Node, site ssa.Instruction) bool {
	if n.Kind == path.Elem || n.Kind == path.Lookup && n.Key.Kind == path.Elem {
		return n.Site == site || n.Key != nil && n.Key.Site == site
	}
	key := n.Key
	return n.Kind == path.Lookup && key.Kind != path.Const && slices.ContainsFunc(s.cond, func(l summary.Literal) bool {
		return l.Path.Kind == path.Binary && (l.Path.Parent == key || l.Path.Key == key)
	})
}

// passesLiteral reports whether the call at site passes a function literal: which of the
// elements that it is called with it does not leave out is its own choice.
func passesLiteral(site ssa.Instruction) bool {
	call, ok := site.(ssa.CallInstruction)
	return ok && slices.ContainsFunc(call.Common().Args, func(v ssa.Value) bool {
		_, literal := v.(*ssa.MakeClosure)
		return literal
	})
}

// isPicked reports whether n is what the function at hand has read from some place of a
// container.
func isPicked(n *path.Node) bool {
	return n.Kind == path.Deref && n.Parent.Kind == path.Index || n.Kind == path.Lookup || n.IsElement()
}

// changedIn reports whether p asks for what a cell of the element elem contains, where
// that may have been changed by another name: all elements may have been marked.
func changedIn(p, elem *path.Node) bool {
	for m := p; m != nil && m != elem; m = m.Parent {
		if m.Kind == path.Deref && m.Site != nil && m.Parent.HasPrefix(elem) {
			return true
		}
	}
	return false
}

// isAbout reports whether p, or what it is by the rules, leads through the object n:
// what leads back from an element to its owner is about the owner.
func (x *executor) isAbout(p, n *path.Node) bool {
	through := func(m *path.Node) bool { return m == n }
	if !p.Any(through) {
		return false
	}
	p, _ = x.engine.Canon(nil, p)
	return p.Any(through)
}

// pickedOut reports whether the way to a lock, which is taken under g in the call at
// site, leads from an argument that a function of the package has picked or changed by
// the fields that g asks about: `if c := h.firstDead(); c != nil { c.close() }`. What it
// has found or left there is not known here.
func (x *executor) pickedOut(s *state, site ssa.Instruction, g summary.Guard, way *path.Node) bool {
	call, ok := site.(ssa.CallInstruction)
	if !ok {
		return false
	}
	values := call.Common().Args
	if call.Common().IsInvoke() {
		values = append([]ssa.Value{call.Common().Value}, values...)
	}
	return slices.ContainsFunc(values, func(v ssa.Value) bool {
		fn := pickedBy(v)
		if fn == nil {
			return false
		}
		n := x.eval(s, v)
		return way.HasPrefix(n) && slices.ContainsFunc(g, func(l summary.Literal) bool {
			f := askedField(l.Path, n)
			return f != nil && !way.HasPrefix(l.Path) && uses(fn, f.Class(), 0)
		})
	})
}

// pickedBy returns the function of the package that has returned v, or the container
// that v was read from; nil if there is none.
func pickedBy(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Call:
		if fn := v.Call.StaticCallee(); fn != nil && len(fn.Blocks) > 0 {
			return fn
		}
	case *ssa.Extract:
		switch tuple := v.Tuple.(type) {
		case *ssa.Call:
			return pickedBy(tuple)
		case *ssa.Next:
			if r, ok := tuple.Iter.(*ssa.Range); ok {
				return pickedBy(r.X)
			}
		}
	case *ssa.UnOp:
		if at, ok := v.X.(*ssa.IndexAddr); ok {
			return pickedBy(at.X)
		}
	case *ssa.MakeInterface:
		return pickedBy(v.X)
	case *ssa.ChangeInterface:
		return pickedBy(v.X)
	}
	return nil
}

// askedField returns the field of the object n that p asks about, or nil.
func askedField(p, n *path.Node) *path.Node {
	var found *path.Node
	p.Any(func(m *path.Node) bool {
		if m.Kind == path.Field && m.Parent == n {
			found = m
		}
		return found != nil
	})
	return found
}

// maxUses bounds the calls that a field is looked for in.
const maxUses = 2

// uses reports whether fn, or a function that it calls, loads or stores the field of
// that class.
func uses(fn *ssa.Function, field string, depth int) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.FieldAddr:
				if path.ClassAt(instr) == field {
					return true
				}
			case ssa.CallInstruction:
				callee := instr.Common().StaticCallee()
				if callee != nil && depth < maxUses && uses(callee, field, depth+1) {
					return true
				}
			}
		}
	}
	return false
}
