package lockset

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A loop that waits, `for !q.ready { q.cond.Wait() }`, goes on until another goroutine has
// changed what it asks for: that is not known in the next turn.

// awaited are the loads that decide whether a loop which waits is left, and the functions
// that it asks.
type awaited struct {
	loads []*ssa.UnOp
	calls []*ssa.Call
}

// othersChange returns s, at the end of a turn of the loop with that body, after other
// goroutines may have changed what the loop waits for.
func (x *executor) othersChange(s *state, edge [2]int, body bits) *state {
	a, ok := x.graph.awaits[edge]
	if !ok {
		a = awaitedIn(x.fn, body)
		x.graph.awaits[edge] = a
	}
	for _, l := range a.loads {
		addr := x.eval(s, l.X)
		if addr.Kind == path.Field && x.engine.lasts(fieldID{addr.Owner, addr.Name}) {
			continue
		}
		s = s.changedByOthers(addr)
	}
	for _, c := range a.calls {
		callee := c.Call.StaticCallee()
		if x.engine.isLoad(callee) {
			s = s.changedByOthers(x.eval(s, c.Call.Args[0]))
			continue
		}
		for _, c := range x.engine.looked(callee).cells {
			if !x.engine.lasts(fieldOfClass(c)) {
				s = s.clobber(c)
			}
		}
	}
	return s
}

// lasts reports whether the field k is a flag, a number or a string that is stored to in new
// objects only: it does not change while somebody waits.
func (e *Engine) lasts(k fieldID) bool {
	stores := e.born().stores[k]
	if len(stores) == 0 {
		return false
	}
	_, basic := stores[0].store.Val.Type().Underlying().(*types.Basic)
	return basic && e.fixed(k) && !e.foreign(k.owner)
}

// fieldOfClass returns the field whose cells are of that class, if they are of one.
func fieldOfClass(class string) fieldID {
	dot := strings.LastIndexByte(class, '.')
	return fieldID{class[:max(dot, 0)], class[dot+1:]}
}

// changedByOthers returns s after another goroutine may have stored to the cell at addr.
func (s *state) changedByOthers(addr *path.Node) *state {
	if addr.Kind == path.Unknown || isSettled(addr) {
		return s
	}
	if c := addr.LengthClass(); c != "" {
		s = s.clobber(c)
	}
	s = s.clobber(cellClass(addr))
	if freshRoot(addr) != nil {
		s = s.clobber(rootClass(addr))
	}
	return s
}

// awaitedIn returns what decides whether the loop with that body in fn is left, if it waits.
func awaitedIn(fn *ssa.Function, body bits) (a awaited) {
	waits := false
	for _, b := range fn.Blocks {
		if !body.has(b.Index) {
			continue
		}
		for _, instr := range b.Instrs {
			waits = waits || isWait(instr)
		}
		if test, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok && !(body.has(b.Succs[0].Index) && body.has(b.Succs[1].Index)) {
			a.add(test.Cond)
		}
	}
	if !waits {
		return awaited{}
	}
	return a
}

// add adds what v is computed from.
func (a *awaited) add(v ssa.Value) {
	switch v := v.(type) {
	case *ssa.BinOp:
		a.add(v.X)
		a.add(v.Y)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			a.loads = append(a.loads, v)
		} else {
			a.add(v.X)
		}
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" {
			a.add(v.Call.Args[0])
		} else if v.Call.StaticCallee() != nil {
			a.calls = append(a.calls, v)
		}
	}
}

// isWait reports whether instr lets other goroutines go on.
func isWait(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Select:
		return true
	case *ssa.Call:
		callee := instr.Call.StaticCallee()
		if callee == nil {
			return false
		}
		switch path.FuncName(callee) {
		case "(*sync.Cond).Wait", "time.Sleep", "runtime.Gosched":
			return true
		}
	}
	return false
}
