package heap

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// An Explanation tells of a rule that was looked for.
type Explanation struct {
	Rule   string    // what it says of every x of a type
	Proved bool      // whether it holds
	Why    string    // what proves or breaks it
	Pos    token.Pos // the store that decided, else the field that the rule is about
}

// String renders e on one line.
func (e Explanation) String() string {
	verdict := "rejected"
	if e.Proved {
		verdict = "proved"
	}
	return fmt.Sprintf("%s: %s: %s", e.Rule, verdict, e.Why)
}

// Explain tells of every rule that was looked for, sorted by what it says.
func (h *Heap) Explain() []Explanation {
	var out []Explanation
	for _, r := range h.rules {
		if r.state == unchecked || r.state == checking {
			continue
		}
		e := Explanation{Rule: r.statement(), Proved: r.state == proved, Why: r.reason}
		if r.first.Var != nil {
			e.Pos = r.first.Var.Pos()
		}
		if e.Proved {
			e.Why = "its package proves it"
		}
		if r.by.s != nil {
			by := r.by.origin(0)
			e.Pos = by.pos()
			if e.Proved {
				e.Why = fmt.Sprintf("%s is put into %s and leads back, as at every other store", name(by.s.fn, by.st.Val), name(by.s.fn, by.st.Addr))
			}
			e.Why += ", in " + by.s.fn.RelString(by.s.fn.Pkg.Pkg)
		}
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Explanation) int {
		return cmp.Or(strings.Compare(a.Rule, b.Rule), strings.Compare(a.Why, b.Why))
	})
	return out
}

// maxOrigin bounds the calls that an event is followed through.
const maxOrigin = 16

// origin returns e in the terms of the function that makes the store, where e is
// what a caller is told of it.
func (e event) origin(depth int) event {
	call, ok := e.instr().(ssa.CallInstruction)
	if !ok || depth > maxOrigin {
		return e
	}
	callee := call.Common().StaticCallee()
	if callee == nil || callee.Pkg != e.s.fn.Pkg || len(callee.Blocks) == 0 {
		return e
	}
	sub := e.s.substitution(call, callee)
	in := e.s.h.collected(callee)
	for _, st := range in.stores {
		if sub.Apply(st.Addr) == e.st.Addr && sub.Apply(st.Val) == e.st.Val {
			return event{s: in, st: st}.origin(depth + 1)
		}
	}
	return e
}

// instr returns the instruction that makes the store, or calls what does.
func (e event) instr() ssa.Instruction {
	s := e.s
	old := s.stores
	defer func() { s.stores = old }()
	for _, b := range s.fn.Blocks {
		for _, instr := range b.Instrs {
			s.stores = nil
			if s.effect(instr); slices.Contains(s.stores, e.st) {
				return instr
			}
		}
	}
	return nil
}

// pos returns where e happens, or the function in which.
func (e event) pos() token.Pos {
	if instr := e.instr(); instr != nil && instr.Pos().IsValid() {
		return instr.Pos()
	}
	return e.s.fn.Pos()
}

// statement words the rule without an object at hand.
func (r *rule) statement() string {
	owner := r.owner[strings.LastIndexByte(r.owner, '/')+1:]
	if to, captured := r.split(); captured != nil {
		what := "x"
		if back := steps(captured); back != "" {
			what = fmt.Sprintf("an object with %s == x", back[1:])
		}
		return fmt.Sprintf("the function in x.%s captured %s, for every x of type %s", r.field+steps(r.road)+steps(to), what, owner)
	}
	back := ""
	if r.shared {
		back = steps(r.own)
	}
	return fmt.Sprintf("x.%s == x%s for every x of type %s", r.field+steps(r.road)+steps(r.back), back, owner)
}

// steps writes the fields and elements of a road or a back path.
func steps(list []*path.Node) string {
	var b strings.Builder
	for _, n := range list {
		switch {
		case n.Kind == path.Field:
			b.WriteString("." + n.Name)
		case class(n) == path.Elem:
			b.WriteString("[…]")
		}
	}
	return b.String()
}
