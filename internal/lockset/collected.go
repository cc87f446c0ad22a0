package lockset

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Functions that the function at hand collects in a local slice, to call them in a loop:
// what is left to do, or to undo. Each of them may be the one that is called.

// collection is what was put into such a slice, on the paths to a state.
type collection struct {
	x      *executor
	s      *state
	values []*path.Node
	all    bool   // these are all
	cells  []cell // variables that they have captured
	seen   []ssa.Value
}

// cell is a variable that is assigned once, in a turn of a loop, say, and what it contains.
type cell struct{ addr, content *path.Node }

// collected returns what the call at site calls, or calls a method of, where it is an
// element of such a slice; else nil.
func (x *executor) collected(s *state, site ssa.CallInstruction) *collection {
	load, ok := site.Common().Value.(*ssa.UnOp)
	if !ok {
		return nil
	}
	at, ok := load.X.(*ssa.IndexAddr)
	if !ok || !x.engine.Private(at.X) {
		return nil
	}
	c := &collection{x: x, s: s, all: true}
	c.add(at.X)
	if len(c.values) > maxDynamic {
		return nil
	}
	return c
}

// add follows the slice v.
func (c *collection) add(v ssa.Value) {
	if slices.Contains(c.seen, v) {
		return
	}
	c.seen = append(c.seen, v)
	switch v := v.(type) {
	case *ssa.Const, *ssa.MakeSlice: // the elements of a private one are not set one by one
	case *ssa.Phi:
		c.phi(v)
	case *ssa.Slice:
		if array, ok := v.X.(*ssa.Alloc); ok {
			for st := range elementStores(array) {
				c.put(st)
			}
			return
		}
		c.add(v.X)
	case *ssa.ChangeType:
		c.add(v.X)
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			c.add(v.Call.Args[0])
			c.add(v.Call.Args[1])
			return
		}
		c.all = false
	default:
		c.all = false
	}
}

// phi follows the edges that the state can have come by.
func (c *collection) phi(v *ssa.Phi) {
	n := c.x.eval(c.s, v)
	known := n != c.x.table.Value(v)
	for _, e := range v.Edges {
		if !known || c.x.eval(c.s, e) == n {
			c.add(e)
		}
	}
}

// put adds what st stores.
func (c *collection) put(st *ssa.Store) {
	n := c.eval(st.Val)
	if n.Kind == path.Unknown || !c.possible(st.Block()) {
		c.all = false
	} else if !slices.Contains(c.values, n) {
		c.values = append(c.values, n)
	}
}

// eval returns the path of v, which may have been computed in a turn of a loop before.
func (c *collection) eval(v ssa.Value) *path.Node {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		if a, ok := load.X.(*ssa.Alloc); ok {
			if w := heap.OnlyStore(a); w != nil {
				return c.eval(w)
			}
		}
	}
	mc, ok := v.(*ssa.MakeClosure)
	if !ok {
		return c.x.eval(c.s, v)
	}
	for _, b := range mc.Bindings {
		if a, ok := b.(*ssa.Alloc); ok {
			c.capture(a)
		}
	}
	return c.x.table.Resolve(mc, c.eval)
}

// capture notes what the captured variable a contains.
func (c *collection) capture(a *ssa.Alloc) {
	addr, w := c.x.table.Value(a), heap.OnlyStore(a)
	if w == nil || slices.ContainsFunc(c.cells, func(o cell) bool { return o.addr == addr }) {
		return
	}
	i := len(c.cells)
	c.cells = append(c.cells, cell{addr, c.x.table.Unknown()}) // it may contain a function that captures it
	c.cells[i].content = c.eval(w)
}

// possible reports whether the branches that lead to block b agree with the state. What
// one in a loop has found, of something that the loop does not change, has to be known.
func (c *collection) possible(b *ssa.BasicBlock) bool {
	for ; b.Idom() != nil; b = b.Idom() {
		test, ok := b.Idom().Instrs[len(b.Idom().Instrs)-1].(*ssa.If)
		if !ok || len(b.Preds) != 1 {
			continue
		}
		l := summary.Is(c.x.eval(c.s, test.Cond), "true")
		if b.Idom().Succs[1] == b {
			l = l.Not()
		}
		turns, changes := c.inLoop(test, l.Path)
		if changes {
			continue
		}
		if _, ok := c.s.assume(l); !ok || turns && !l.Path.Visible() && !c.s.cond.Has(l) {
			return false
		}
	}
	return true
}

// inLoop reports whether the instruction is in a loop, and whether n is another value in
// each turn.
func (c *collection) inLoop(at ssa.Instruction, n *path.Node) (turns, changes bool) {
	for _, body := range c.x.graph.loops {
		if body.has(at.Block().Index) {
			turns, changes = true, changes || c.x.stale(n, body)
		}
	}
	return turns, changes
}
