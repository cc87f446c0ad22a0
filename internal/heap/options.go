package heap

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Functions that a package makes for importers, who pass them back to it: options.
// What they store in the objects that they are applied to, only importers can tell.

// Literal is a function literal in the results of a function, or a method of an object
// there, with what it does to the heap, in terms of its parameters and of what it has
// captured.
type Literal struct {
	Name    string
	Of      *path.Node // the function literal, or the object with the method
	Effects *Effects
}

// option is a function literal of another package that a call has returned, or a method
// of an object that it has returned.
type option struct {
	Literal
	call *ssa.Call
	run  bool // it is run here, on objects that are known
}

// learn notes the function literals of another package.
func (h *Heap) learn(list []Literal) {
	for _, l := range list {
		if h.literals == nil {
			h.literals = map[string]*Effects{}
		}
		h.literals[l.Name] = l.Effects
	}
}

// given notes the options that the call of a function with effects e returns.
func (s *scope) given(e *Effects, sub *path.Substitution, site ssa.Instruction) {
	call, ok := site.(*ssa.Call)
	if !ok {
		return
	}
	for _, l := range e.Literals {
		l.Of = sub.Apply(l.Of)
		s.options = append(s.options, option{Literal: l, call: call})
	}
}

// runs notes that the option of that name is run here, on known objects or not.
func (s *scope) runs(of *path.Node, name string, known bool) {
	for i, o := range s.options {
		if o.Of == of && o.Name == name {
			s.options[i].run = known
		}
	}
}

// isReturned reports whether o is of what the function returns, or of a function in such
// an object with methods that are options.
func (s *scope) isReturned(o option) bool {
	return slices.Contains(s.results, o.Of) || slices.ContainsFunc(s.stores, func(st Store) bool {
		return st.Val == o.Of && slices.ContainsFunc(s.options, func(p option) bool {
			return p.Of.Root() == st.Addr.Root() && slices.Contains(s.results, p.Of)
		})
	})
}

// strays adds the stores of the options that are neither run here nor returned: they
// may be applied to any object.
func (s *scope) strays() {
	t := s.h.Table
	for _, o := range s.options {
		if o.run || s.isReturned(o) {
			continue
		}
		object := t.Value(o.call)
		sub := &path.Substitution{Table: t, Site: o.call, Load: s.captured, Root: func(n *path.Node) *path.Node {
			switch {
			case n.Kind == path.Param && n.Index == 0 && o.Of.Kind != path.Closure:
				return o.Of
			case n.Kind == path.Param:
				return object
			case n.Kind == path.Free && n.Index < len(o.Of.Args):
				return o.Of.Args[n.Index]
			}
			return t.Unknown()
		}}
		for _, st := range o.Effects.Stores {
			s.add(sub.Apply(st.Addr), sub.Apply(st.Val))
		}
	}
}

// returned lists the options of other packages that the function returns.
func (s *scope) returned() []Literal {
	var list []Literal
	for _, o := range s.options {
		if s.isReturned(o) {
			list = append(list, o.Literal)
		}
	}
	return list
}

// made lists the options that importers get from the function of s, its own ones
// included, with what they store; sub rewrites what they are of in its terms for them.
func (s *scope) made(sub *path.Substitution) []Literal {
	list := s.returned()
	add := func(fn *ssa.Function, of *path.Node) {
		if slices.ContainsFunc(list, func(l Literal) bool { return l.Of == of && l.Name == path.FuncName(fn) }) {
			return
		}
		if e := s.h.export(fn, false); e != nil {
			list = append(list, Literal{path.FuncName(fn), of, e})
		}
	}
	literal := func(n *path.Node) {
		if n.Kind == path.Closure && n.Fn != nil && n.Fn.Parent() == s.fn {
			add(n.Fn, n)
		}
	}
	for i, r := range s.results {
		if r == nil {
			continue
		}
		literal(r)
		if freshlyMade(r.Root()) {
			for _, st := range s.stores {
				if st.Addr.Root() == r.Root() {
					literal(st.Val)
				}
			}
		}
		for _, m := range s.methods(r, s.fn.Signature.Results().At(i).Type()) {
			add(m, r)
		}
	}
	for i, l := range list {
		list[i].Of = s.h.Table.AnyElement(sub.Apply(l.Of))
	}
	return list
}

// methods lists the methods of n, a result of type t, that get something which they
// could keep, if that is an interface and n is of a type of this package.
func (s *scope) methods(n *path.Node, t types.Type) []*ssa.Function {
	it, ok := t.Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	of := s.dynamicType(n)
	if of == nil || !s.h.sees(path.OwnerName(of)) {
		return nil
	}
	var out []*ssa.Function
	for m := range it.Methods() {
		if fn := s.h.methodOf(of, m.Name()); fn != nil && len(fn.Blocks) > 0 && slices.ContainsFunc(fn.Params[1:], func(p *ssa.Parameter) bool { return hasIdentity(p.Type()) }) {
			out = append(out, fn)
		}
	}
	return out
}

// ofOption reports whether the store e is one of a function literal, or of a method of
// objects, that go nowhere but to importers, who are told of the store.
func (h *Heap) ofOption(e event) bool {
	if maker := e.s.fn.Parent(); maker != nil {
		made := h.used().closures[path.FuncName(e.s.fn)]
		return len(made) > 0 && !slices.ContainsFunc(made, func(mc *ssa.MakeClosure) bool { return !onlyReturned(mc) }) && h.tellsOption(maker, e)
	}
	recv := e.s.fn.Signature.Recv()
	if recv == nil || h.calls().byName[e.s.fn] || h.calls().asValue[e.s.fn] || h.unfollowed[e.s.fn.Name()] {
		return false
	}
	boxed := h.used().boxed[path.OwnerName(recv.Type())]
	return len(boxed) > 0 && !slices.ContainsFunc(boxed, func(mi *ssa.MakeInterface) bool {
		return !onlyReturned(mi) || !h.tellsOption(mi.Parent(), e)
	})
}

// tellsOption reports whether the importers who call maker are told of the store e of an
// option that it returns.
func (h *Heap) tellsOption(maker *ssa.Function, e event) bool {
	if maker.Object() == nil || !maker.Object().Exported() {
		return false
	}
	told := h.Exported(maker)
	return told != nil && slices.ContainsFunc(told.Literals, func(l Literal) bool {
		return l.Name == path.FuncName(e.s.fn) && slices.Contains(l.Effects.Stores, h.forImporters(e))
	})
}

// onlyReturned reports whether all that is done with v is that the function returns it, by
// itself or in an object that is new.
func onlyReturned(v ssa.Value) bool {
	return !slices.ContainsFunc(*v.Referrers(), func(use ssa.Instruction) bool {
		switch use := use.(type) {
		case *ssa.Return, *ssa.DebugRef:
			return false
		case *ssa.ChangeType:
			return !onlyReturned(use)
		case *ssa.MakeInterface:
			return !onlyReturned(use)
		case *ssa.Store:
			f, ok := use.Addr.(*ssa.FieldAddr)
			if !ok || use.Val != v {
				return true
			}
			obj, ok := f.X.(*ssa.Alloc)
			return !ok || !onlySetAndReturned(obj)
		}
		return true
	})
}

// onlySetAndReturned is onlyReturned for a new object, of which fields are set, too.
func onlySetAndReturned(obj *ssa.Alloc) bool {
	return !slices.ContainsFunc(*obj.Referrers(), func(use ssa.Instruction) bool {
		switch use := use.(type) {
		case *ssa.Return, *ssa.DebugRef:
			return false
		case *ssa.MakeInterface:
			return !onlyReturned(use)
		case *ssa.UnOp:
			return !onlyReturned(use)
		case *ssa.FieldAddr:
			return slices.ContainsFunc(*use.Referrers(), func(r ssa.Instruction) bool {
				st, ok := r.(*ssa.Store)
				return !ok || st.Addr != use
			})
		}
		return true
	})
}

// applications lists the calls of e of what importers pass, as far as they know the
// objects that it is applied to.
func (h *Heap) applications(e *Effects, sub *path.Substitution) []Call {
	var out []Call
	for _, c := range e.Calls {
		fn := h.Table.AnyElement(sub.Apply(c.Fn))
		args := make([]*path.Node, len(c.Args))
		known := false
		for i, a := range c.Args {
			if args[i] = h.Table.AnyElement(sub.Apply(a)); !args[i].Visible() || args[i].Kind == path.Const {
				args[i] = h.Table.Unknown()
			}
			known = known || args[i].Kind != path.Unknown
		}
		if known && fn.Visible() && fn.Root().Kind == path.Param {
			out = append(out, Call{fn, c.Method, args})
		}
	}
	return out
}
