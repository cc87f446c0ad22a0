package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// trait says how a field of an object compares with a constant, or that it does not.
type trait struct {
	road  road
	op    token.Token
	value string
	not   bool
}

// literal returns t, of the object that has the field f, as a condition.
func (x *executor) literal(f *path.Node, t trait) summary.Literal {
	l := summary.Is(x.table.Binary(t.op, t.road.from(x.table, f), x.table.Const(t.value)), "true")
	if t.not {
		l = l.Not()
	}
	return l
}

// traits returns what is known of the fields of obj where c is stored in it. The
// parameters seen are not asked for again.
func (e *Engine) traits(obj ssa.Value, c choice, seen []*ssa.Parameter) []trait {
	cr := &creation{e: e, obj: obj, at: c.at}
	out := cr.tested(c)
	switch obj := obj.(type) {
	case *ssa.Alloc:
		out = append(out, cr.given()...)
	case *ssa.IndexAddr:
		if isSlot(obj) {
			out = append(out, cr.given()...)
		}
	case *ssa.Parameter:
		if !slices.Contains(seen, obj) {
			out = append(out, e.traitsOfArguments(obj, append(slices.Clip(seen), obj))...)
		}
	}
	return out
}

// traitsOfArguments returns what is known of the fields of what all callers pass as p.
func (e *Engine) traitsOfArguments(p *ssa.Parameter, seen []*ssa.Parameter) []trait {
	fn := p.Parent()
	if !e.Closed && token.IsExported(fn.Name()) || e.relevance().valued[fn] {
		return nil
	}
	var ways [][]trait
	for _, site := range e.born().sites[fn] {
		arg := origin(site.Common().Args[slices.Index(fn.Params, p)])
		ways = append(ways, e.traits(arg, choice{at: site.Block()}, seen))
	}
	return common(ways)
}

// creation is the making of an object, or of a part of it, at a block.
type creation struct {
	e   *Engine
	obj ssa.Value
	at  *ssa.BasicBlock

	args map[ssa.Value]ssa.Value // what getters are passed as parameters
}

// fields calls yield with the fields of the object and their types.
func (cr *creation) fields(yield func(fieldID, types.Type) bool) {
	p, ok := cr.obj.Type().Underlying().(*types.Pointer)
	if !ok {
		return
	}
	s, ok := p.Elem().Underlying().(*types.Struct)
	if !ok {
		return
	}
	for f := range s.Fields() {
		if !yield(fieldID{path.OwnerName(p.Elem()), f.Name()}, f.Type()) {
			return
		}
	}
}

// given returns what the object, a new one, is given or left without: constants, and what
// is nil or is not.
func (cr *creation) given() []trait {
	var out []trait
	for k, typ := range cr.fields {
		zero := zeroText(typ)
		if zero == "" || !cr.e.closed(k) {
			continue
		}
		v, ok := cr.e.givenTo(cr.obj, k, cr.at)
		t := trait{road: road{{field: k}}, op: token.EQL}
		switch c, constant := v.(*ssa.Const); {
		case !ok:
			continue
		case v == nil || constant && c.Value == nil:
			t.value = zero
		case constant:
			t.value = c.Value.ExactString()
		case zero == "nil" && isMade(v):
			t.value, t.not = zero, true
		default:
			continue
		}
		out = append(out, t.normal())
	}
	return out
}

// normal returns t with a flag compared with "true" only.
func (t trait) normal() trait {
	if t.op == token.NEQ {
		t.op, t.not = token.EQL, !t.not
	}
	if t.op == token.EQL && t.value == "false" {
		t.value, t.not = "true", !t.not
	}
	return t
}

// zeroText returns the text of the zero value of the type t, if it is a basic one or that is
// nil; else "".
func zeroText(t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return "false"
		case u.Info()&types.IsString != 0:
			return `""`
		}
		return "0"
	case *types.Pointer, *types.Interface, *types.Signature, *types.Map, *types.Chan:
		return "nil"
	}
	return ""
}

// isMade reports whether v, a pointer or the like, is made where it is, and so not nil.
func isMade(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Alloc, *ssa.MakeInterface, *ssa.MakeClosure, *ssa.MakeMap, *ssa.MakeChan, *ssa.Function, *ssa.FieldAddr, *ssa.Global:
		return true
	}
	return false
}

// tested returns what the branches on the way to c tell of the fields of the object.
func (cr *creation) tested(c choice) []trait {
	var out []trait
	if c.to != nil {
		out = cr.told(out, c.at, c.to)
	}
	for b := c.at; b.Idom() != nil; b = b.Idom() {
		for _, next := range b.Idom().Succs {
			if len(next.Preds) == 1 && next.Dominates(c.at) {
				out = cr.told(out, b.Idom(), next)
			}
		}
	}
	return out
}

// kept returns what is known of the object where it keeps what st stores to its field k:
// none of the branches is taken that store something else there.
func (cr *creation) kept(st *ssa.Store, k fieldID) []trait {
	var out []trait
	for _, b := range cr.e.born().stores[k] {
		in := b.store.Block()
		if b.obj != cr.obj || b.store == st || len(in.Preds) != 1 {
			continue
		}
		test := in.Preds[0]
		if !st.Block().Dominates(test) || st.Block() != test && returns(st.Block(), test) {
			continue
		}
		for _, other := range test.Succs {
			if other != in {
				out = cr.told(out, test, other)
			}
		}
	}
	return out
}

// told adds to list what the branch from block b to its successor next tells.
func (cr *creation) told(list []trait, b, next *ssa.BasicBlock) []trait {
	test, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok || b.Succs[0] == b.Succs[1] {
		return list
	}
	cond, truth := cr.open(test.Cond), b.Succs[0] == next
	for {
		c, ok := negated(cond)
		if !ok {
			break
		}
		cond, truth = cr.open(c), !truth
	}
	t := trait{op: token.EQL, value: "true", not: !truth}
	if t.road, ok = cr.to(cond); ok && cr.stays(t.road) {
		list = append(list, t)
	}
	op, ok := cond.(*ssa.BinOp)
	if !ok {
		return list
	}
	k, ok := op.Y.(*ssa.Const)
	if !ok {
		return list
	}
	t.op, t.value = op.Op, "nil"
	if k.Value != nil {
		t.value = k.Value.ExactString()
	}
	if t.road, ok = cr.to(op.X); ok && cr.stays(t.road) {
		list = append(list, t.normal())
	}
	return list
}
