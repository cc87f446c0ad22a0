package randprog

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"slices"
)

// dict is what a map variable refers to.
type dict struct{ elems map[int]*cell }

// queue is a channel with a buffer.
type queue struct {
	elems []value
	size  int
}

// makes evaluates a call of make.
func (r *run) makes(call *ast.CallExpr) value {
	switch r.prog.info.TypeOf(call).Underlying().(type) {
	case *types.Map:
		return &dict{map[int]*cell{}}
	case *types.Chan:
		if len(call.Args) == 1 {
			return &signal{}
		}
		return &queue{size: r.expr(call.Args[1]).(int)}
	}
	panic("make " + r.prog.info.TypeOf(call).String())
}

// length returns the number of elements of a container.
func length(v value) int {
	switch v := v.(type) {
	case *slice:
		return len(v.elems)
	case *dict:
		return len(v.elems)
	case *queue:
		return len(v.elems)
	}
	return 0
}

// list evaluates a literal of a slice or a map.
func (r *run) list(lit *ast.CompositeLit) value {
	switch r.prog.info.TypeOf(lit).Underlying().(type) {
	case *types.Map:
		return &dict{map[int]*cell{}}
	case *types.Slice:
		s := &slice{}
		for _, e := range lit.Elts {
			s.elems = append(s.elems, &cell{r.expr(e)})
		}
		return s
	}
	return r.composite(lit)
}

// part evaluates a slice expression.
func (r *run) part(e *ast.SliceExpr) value {
	s, ok := r.expr(e.X).(*slice)
	low := r.expr(e.Low).(int)
	if !ok || low > len(s.elems) {
		r.panics()
	}
	return &slice{s.elems[low:]}
}

// found evaluates a lookup, or a receive, of two results.
func (r *run) found(e ast.Expr) []value {
	if a, ok := e.(*ast.TypeAssertExpr); ok {
		return r.asserted(a)
	}
	i, ok := e.(*ast.IndexExpr)
	if !ok {
		panic(fmt.Sprintf("two results of %T", e))
	}
	r.feature("lookup in map")
	if d, ok := r.expr(i.X).(*dict); ok {
		if c := d.elems[r.expr(i.Index).(int)]; c != nil {
			return []value{c.v, true}
		}
	}
	return []value{nothing{}, false}
}

// asserted evaluates a type assertion of two results.
func (r *run) asserted(e *ast.TypeAssertExpr) []value {
	v := r.expr(e.X)
	o, ok := v.(*object)
	if ok && !r.isNil(v) && types.Identical(types.NewPointer(o.typ), r.prog.info.TypeOf(e.Type)) {
		return []value{v, true}
	}
	return []value{nothing{}, false}
}

// index returns the cell of a key of a map, which is made if the program
// stores to it.
func (r *run) index(v value, key int, store bool) *cell {
	d, ok := v.(*dict)
	if !ok && store {
		r.panics()
	}
	r.feature("lookup in map")
	if !ok || !store && d.elems[key] == nil {
		return &cell{nothing{}}
	}
	if d.elems[key] == nil {
		d.elems[key] = &cell{nothing{}}
	}
	return d.elems[key]
}

// keeps reports whether a container has kept, on a loose path, what is taken
// out of it.
func (r *run) keeps() bool { return r.loose && r.choose(2) == 1 }

// delete takes a key out of a map.
func (r *run) delete(v value, key int) {
	if d, ok := v.(*dict); ok && !r.keeps() {
		delete(d.elems, key)
	}
}

// send blocks for good, which ends the path, if the queue is full.
func (r *run) send(s *ast.SendStmt) {
	q, ok := r.expr(s.Chan).(*queue)
	v := r.expr(s.Value)
	if !ok || len(q.elems) == q.size {
		panic(endOfPath{})
	}
	q.elems = append(q.elems, v)
}

// receive blocks for good if the queue is empty.
func (r *run) receive(e ast.Expr) value {
	v := r.expr(e)
	if s, ok := v.(*signal); ok {
		return r.await(s)
	}
	q, ok := v.(*queue)
	if !ok || len(q.elems) == 0 {
		panic(endOfPath{})
	}
	r.feature("received from channel")
	v = q.elems[0]
	if !r.keeps() { // else another goroutine has sent it again
		q.elems = q.elems[1:]
	}
	return v
}

// visited returns the cells that a loop over v visits, in an order that it can have:
// that of a map is not known.
func (r *run) visited(v value) []*cell {
	list := elements(v)
	if _, ok := v.(*dict); ok && len(list) > 1 {
		first := r.choose(len(list))
		list = slices.Concat(list[first:], list[:first])
	}
	return list
}

// elements returns the cells that v has.
func elements(v value) []*cell {
	switch v := v.(type) {
	case *slice:
		return slices.Clone(v.elems)
	case *dict:
		var out []*cell
		for _, k := range slices.Sorted(maps.Keys(v.elems)) {
			out = append(out, v.elems[k])
		}
		return out
	}
	return nil
}

// embedded returns the lock that a promoted method is of, or false.
func (r *run) embedded(e *ast.SelectorExpr) (lockRef, bool) {
	sel := r.prog.info.Selections[e]
	if len(sel.Index()) < 2 {
		return lockRef{}, false
	}
	o := r.deref(r.expr(e.X), e.X)
	st := o.typ.Underlying().(*types.Struct)
	return lockRef{o, st.Field(sel.Index()[0]).Name()}, true
}
