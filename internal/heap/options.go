package heap

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Functions that a package makes for importers, who pass them back to it: options.
// What they store in the objects that they are applied to, only importers can tell.

// Literal is a function literal in the results of a function, with what it does to
// the heap, in terms of its parameters and of what it has captured.
type Literal struct {
	Name    string
	Effects *Effects
}

// option is a function literal of another package that a call has returned.
type option struct {
	fn   *path.Node
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
	if !ok || len(e.Literals) == 0 {
		return
	}
	for _, r := range e.Results {
		if r != nil && hasLiteral(e.Literals, r.Plain()) {
			s.options = append(s.options, option{fn: sub.Apply(r.Plain()), call: call})
		}
	}
}

func hasLiteral(list []Literal, fn *path.Node) bool {
	return fn.Kind == path.Closure && slices.ContainsFunc(list, func(l Literal) bool { return l.Name == fn.Name })
}

// runs notes that the option fn is run here, on known objects or not.
func (s *scope) runs(fn *path.Node, known bool) {
	for i := range s.options {
		if s.options[i].fn == fn {
			s.options[i].run = known
		}
	}
}

// strays adds the stores of the options that are neither run here nor returned: they
// may be applied to any object.
func (s *scope) strays() {
	t := s.h.Table
	for _, o := range s.options {
		if o.run || slices.Contains(s.results, o.fn) {
			continue
		}
		object := t.Value(o.call)
		sub := &path.Substitution{Table: t, Site: o.call, Load: s.captured, Root: func(n *path.Node) *path.Node {
			switch {
			case n.Kind == path.Param:
				return object
			case n.Kind == path.Free && n.Index < len(o.fn.Args):
				return o.fn.Args[n.Index]
			}
			return t.Unknown()
		}}
		for _, st := range s.h.literals[o.fn.Name].Stores {
			s.add(sub.Apply(st.Addr), sub.Apply(st.Val))
		}
	}
}

// returned lists the options of other packages that the function returns.
func (s *scope) returned() []Literal {
	var list []Literal
	for _, o := range s.options {
		if slices.Contains(s.results, o.fn) && !hasLiteral(list, o.fn) {
			list = append(list, Literal{o.fn.Name, s.h.literals[o.fn.Name]})
		}
	}
	return list
}

// made lists the function literals that importers get from the function of s, its own
// ones included, with what they store.
func (s *scope) made() []Literal {
	list := s.returned()
	for _, r := range s.results {
		if r == nil || r.Kind != path.Closure || r.Fn == nil || r.Fn.Parent() != s.fn || hasLiteral(list, r) {
			continue
		}
		if e := s.h.Exported(r.Fn); e != nil {
			list = append(list, Literal{r.Name, e})
		}
	}
	return list
}

// ofOption reports whether the store e is one of a function literal that goes nowhere
// but to importers, who are told of the store.
func (h *Heap) ofOption(e event) bool {
	maker := e.s.fn.Parent()
	if maker == nil || maker.Object() == nil || !maker.Object().Exported() || !h.onlyReturned(e.s.fn) {
		return false
	}
	told := h.Exported(maker)
	if told == nil {
		return false
	}
	return slices.ContainsFunc(told.Literals, func(l Literal) bool {
		return l.Name == path.FuncName(e.s.fn) && slices.Contains(l.Effects.Stores, h.forImporters(e))
	})
}

// onlyReturned reports whether the function literal fn is returned wherever it is made.
func (h *Heap) onlyReturned(fn *ssa.Function) bool {
	var returned func(v ssa.Value) bool
	returned = func(v ssa.Value) bool {
		return !slices.ContainsFunc(*v.Referrers(), func(use ssa.Instruction) bool {
			switch use := use.(type) {
			case *ssa.Return, *ssa.DebugRef:
				return false
			case *ssa.ChangeType:
				return !returned(use)
			}
			return true
		})
	}
	made := h.used().closures[path.FuncName(fn)]
	return len(made) > 0 && !slices.ContainsFunc(made, func(mc *ssa.MakeClosure) bool { return !returned(mc) })
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
