package summary

import (
	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
)

// HeapOfModel returns the heap effect that the effects of a model amount to,
// or nil if they are about locks only.
func HeapOfModel(t *path.Table, effects []lock.Effect) *heap.Effects {
	h := &heap.Effects{}
	for _, e := range effects {
		p, q := t.Param(e.P), t.Param(e.Q)
		switch e.Op {
		case "load":
			h.Results = []*path.Node{t.Deref(p, nil)}
		case "store":
			h.Stores = []heap.Store{{Addr: p, Val: q}}
		case "swap":
			h.Stores, h.Results = []heap.Store{{Addr: p, Val: q}}, []*path.Node{t.Deref(p, nil)}
		case "assign":
			h.Stores = []heap.Store{{Addr: t.FieldNamed(p, e.Owner, e.Field), Val: q}}
		case "cas":
			h.Stores = []heap.Store{{Addr: p, Val: t.Param(e.R)}}
		case "same", "cancel":
			h.Results = []*path.Node{p}
		case "fresh":
			h.Results = []*path.Node{t.Fresh(0)}
		case "part", "over":
			h.Results = []*path.Node{t.Part(p, nil)}
		case "copy", "collect", "reused":
			h.Results, h.Stores = gathered(t, t.Elem(p, nil))
		case "join":
			h.Results, h.Stores = gathered(t, t.Elem(t.Elem(p, nil), nil))
		case "drain":
			h.Stores = []heap.Store{{Addr: t.Elem(p, nil), Val: q}}
		case "new":
			h.Results = []*path.Node{made(t, e)}
			h.Stores = []heap.Store{{Addr: t.FieldNamed(made(t, e), e.Owner, e.Field), Val: p}}
		case "oncefunc":
			h.Results = []*path.Node{madeOnce(t, p)}
		case "rlocker":
			h.Results = []*path.Node{t.RLocker(p)}
		case "element":
			h.Results = []*path.Node{t.Elem(p, nil)}
		case "content":
			h.Results = []*path.Node{part(t, p, e)}
		case "insert":
			h.Stores = put(t, p, q, e)
			if e.Field != "" {
				h.Results = []*path.Node{h.Stores[0].Val}
			}
		case "splice":
			h.Stores = put(t, p, part(t, t.Elem(q, nil), e), e)
		}
	}
	if len(h.Stores)+len(h.Results) == 0 {
		return nil
	}
	return h
}

// gathered returns a new container, and the store that puts val into it.
func gathered(t *path.Table, val *path.Node) (results []*path.Node, stores []heap.Store) {
	c := t.Fresh(0)
	return []*path.Node{c}, []heap.Store{{Addr: t.Elem(c, nil), Val: val}}
}

// put returns the stores that put val into the container c: as an element, or
// in the field that e names of a new node.
func put(t *path.Table, c, val *path.Node, e lock.Effect) []heap.Store {
	elem := t.Elem(c, nil)
	if e.Field == "" {
		return []heap.Store{{Addr: elem, Val: val}}
	}
	node := t.Fresh(0)
	return []heap.Store{{Addr: elem, Val: node}, {Addr: t.FieldNamed(node, e.Owner, e.Field), Val: val}}
}
