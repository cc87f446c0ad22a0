package summary

import (
	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/path"
)

// WireEffects is the heap effect of a function as it is stored in facts.
type WireEffects struct {
	Nodes   []WireNode
	Stores  []WireStore
	Results []int
}

// EncodeEffects returns e in the form of facts.
func EncodeEffects(e *heap.Effects) *WireEffects {
	enc := &encoder{w: &Wire{}, nums: map[*path.Node]int{}}
	w := &WireEffects{}
	for _, s := range e.Stores {
		w.Stores = append(w.Stores, WireStore{enc.node(s.Addr), enc.node(s.Val)})
	}
	w.Results = enc.nodes(e.Results)
	w.Nodes = enc.w.Nodes
	return w
}

// DecodeEffects returns the effects that w stands for, their paths in table t.
func DecodeEffects(t *path.Table, w *WireEffects) *heap.Effects {
	d := newDecoder(t, w.Nodes)
	e := &heap.Effects{Results: d.list(w.Results)}
	for _, s := range w.Stores {
		e.Stores = append(e.Stores, heap.Store{Addr: d.nodes[s.Addr], Val: d.nodes[s.Val]})
	}
	return e
}
