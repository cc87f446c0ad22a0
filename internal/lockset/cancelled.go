package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A context that an object has together with the function that cancels it is a flag: `c.cancel()`
// sets it, `c.ctx.Err() != nil` and `select { case <-c.ctx.Done(): return; default: }` ask for
// it. It is a cell of its own at the context, with the error in it ([path.Table.ErrCell]).

// cancels returns states after the call at site, in before, of fn: if that cancels contexts in
// fields of the object that fn is from, these have an error.
func (x *executor) cancels(before *state, states []*state, site ssa.CallInstruction, fn *path.Node) []*state {
	if !isCancelFunc(site.Common().Value.Type()) {
		return states
	}
	from := x.loadedFrom(before, site.Common().Value, fn)
	if from == nil || from.Kind != path.Field {
		return states
	}
	for _, f := range x.engine.cancelledBy(fieldID{from.Owner, from.Name}) {
		for i, s := range states {
			ctx, s := x.content(s, x.table.FieldNamed(from.Parent, f.owner, f.name), site)
			states[i] = s.store(x.table.ErrCell(ctx), x.table.NotNil())
		}
	}
	return states
}

// loadedFrom returns the place that v, whose content n is, was loaded from, or nil.
func (x *executor) loadedFrom(s *state, v ssa.Value, n *path.Node) *path.Node {
	if n.Kind == path.Deref {
		return n.Parent
	}
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return x.eval(s, load.X)
	}
	return nil
}

// isCancelFunc reports whether t is a type of functions that cancel contexts.
func isCancelFunc(t types.Type) bool {
	name := path.OwnerName(t)
	return name == "context.CancelFunc" || name == "context.CancelCauseFunc"
}

// cancelledBy returns the fields with a context that the function in field k of the same object
// cancels: one call has made both, wherever that is.
func (e *Engine) cancelledBy(k fieldID) []fieldID {
	var fields []fieldID
	first := true
	for _, b := range e.born().stores[k] {
		if isNilConst(b.store.Val) {
			continue
		}
		fn, ok := origin(b.store.Val).(*ssa.Extract)
		if !ok {
			return nil
		}
		made := storesOf(fn.Tuple, b.obj)
		if first {
			fields, first = made, false
		}
		fields = slices.DeleteFunc(fields, func(f fieldID) bool { return !slices.Contains(made, f) })
	}
	return fields
}

// storesOf returns the fields of obj that the context which the call made is stored to.
func storesOf(call ssa.Value, obj ssa.Value) (fields []fieldID) {
	for _, use := range *call.Referrers() {
		ctx, ok := use.(*ssa.Extract)
		if !ok || ctx.Index != 0 {
			continue
		}
		for _, use := range *ctx.Referrers() {
			st, ok := use.(*ssa.Store)
			if !ok {
				continue
			}
			if at, ok := st.Addr.(*ssa.FieldAddr); ok && origin(at.X) == obj {
				fields = append(fields, fieldAt(at))
			}
		}
	}
	return fields
}

// errOf returns s with the result of c bound to the error of the context, if c asks the context
// fn for it. It is known to be what it was on entry where c is the only one to ask, once: a
// context may be cancelled at any time.
func (x *executor) errOf(s *state, c *ssa.Call, fn *path.Node) *state {
	if !asksContext(c.Common(), "Err") {
		return s
	}
	v, s := x.content(s, x.table.ErrCell(fn), c)
	if v.Kind != path.Const && !x.asksOnce(c) {
		return s
	}
	return x.bind(s, c, v)
}

// pollsContext is polls for sel that asks whether a context is done.
func (x *executor) pollsContext(s *state, sel *ssa.Select) *state {
	c, ok := sel.States[0].Chan.(*ssa.Call)
	test := receives(sel)
	if !ok || !asksContext(c.Common(), "Done") || test == nil {
		return s
	}
	v, s := x.content(s, x.table.ErrCell(x.eval(s, c.Call.Value)), c)
	if v.Kind != path.Const && !x.asksOnce(c) {
		return s
	}
	return x.bind(s, test, x.table.Binary(token.NEQ, v, x.table.Const("nil")))
}

// asksContext reports whether c calls that method of a context.
func asksContext(c *ssa.CallCommon, method string) bool {
	return c.IsInvoke() && c.Method.Name() == method && path.IsContext(c.Value.Type())
}

// asksOnce reports whether c is made once, and no other call asks a context whether it is
// cancelled.
func (x *executor) asksOnce(c *ssa.Call) bool {
	if x.graph.inLoop(c.Block()) {
		return false
	}
	for _, b := range x.fn.Blocks {
		for _, instr := range b.Instrs {
			if o, ok := instr.(*ssa.Call); ok && o != c && (asksContext(o.Common(), "Err") || asksContext(o.Common(), "Done")) {
				return false
			}
		}
	}
	return true
}
