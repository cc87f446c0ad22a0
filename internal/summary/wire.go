package summary

import (
	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
)

// Wire is a summary as it is stored in facts: paths are numbers into a table
// of nodes, parents first; 0 means none. It has no maps, pointers, interfaces
// or positions, so that the same summary always has the same bytes.
type Wire struct {
	Nodes    []WireNode
	Acquires []WireAcquire
	Pairs    []WirePair
	Exits    []WireExit
	Calls    []WireCall
	Unsure   bool
	Literals []WireLiteralFunc
}

// WireLiteralFunc is a function literal; its summary has nodes of its own.
type WireLiteralFunc struct {
	Name    string
	Summary Wire
}

// WireNode is a path node; Parent, Key and Args number earlier nodes.
type WireNode struct {
	Kind        uint8
	Parent, Key int
	Args        []int
	Index       int
	Name, Owner string
}

// WireLiteral is a literal of a guard.
type WireLiteral struct {
	Path  int
	Const string
	Neg   bool
}

// WireStep is a step of a witness.
type WireStep struct {
	Func, Text, At string
	Kind           uint8
	Dynamic        bool
}

// WireAcquire is an acquisition.
type WireAcquire struct {
	Path  int
	Mode  uint8
	Guard []WireLiteral
	Steps []WireStep
	Rules []string
}

// WireHeld is a lock held.
type WireHeld struct {
	Path    int
	Mode    uint8
	Retaken bool
	Steps   []WireStep
}

// WirePair is an acquisition under another lock.
type WirePair struct {
	Held  WireHeld
	Taken WireAcquire
}

// WireStore is a change of memory.
type WireStore struct{ Addr, Val int }

// WireExit is an outcome.
type WireExit struct {
	Guard    []WireLiteral
	Held     []WireHeld
	Released []int
	Stores   []WireStore
	Dirty    []string
	Results  []int
}

// WireCall is a call of what the caller knows.
type WireCall struct {
	Fn       int
	Method   string
	Args     []int
	Held     []WireHeld
	Released []int
	Guard    []WireLiteral
	Steps    []WireStep
}

// encoder numbers the nodes of one summary.
type encoder struct {
	w    *Wire
	nums map[*path.Node]int
}

// Encode returns s in the form of facts.
func Encode(s *Summary) *Wire {
	e := &encoder{w: &Wire{Unsure: s.Unsure}, nums: map[*path.Node]int{}}
	for _, a := range s.Acquires {
		e.w.Acquires = append(e.w.Acquires, e.acquire(a))
	}
	for _, p := range s.Pairs {
		e.w.Pairs = append(e.w.Pairs, WirePair{e.held([]Held{p.Held})[0], e.acquire(p.Taken)})
	}
	for _, x := range s.Exits {
		var stores []WireStore
		for _, st := range x.Stores {
			stores = append(stores, WireStore{e.node(st.Addr), e.node(st.Val)})
		}
		e.w.Exits = append(e.w.Exits, WireExit{e.guard(x.Guard), e.held(x.Held), e.nodes(x.Released), stores, x.Dirty, e.nodes(x.Results)})
	}
	for _, c := range s.Calls {
		e.w.Calls = append(e.w.Calls, WireCall{e.node(c.Fn), c.Method, e.nodes(c.Args), e.held(c.Held), e.nodes(c.Released), e.guard(c.Guard), steps(c.Steps)})
	}
	for _, l := range s.Literals {
		e.w.Literals = append(e.w.Literals, WireLiteralFunc{l.Name, *Encode(l.Summary)})
	}
	return e.w
}

func (e *encoder) acquire(a Acquire) WireAcquire {
	return WireAcquire{e.node(a.Path), uint8(a.Mode), e.guard(a.Guard), steps(a.Steps), a.Rules}
}

func (e *encoder) node(n *path.Node) int {
	if n == nil {
		return 0
	}
	if i := e.nums[n]; i > 0 {
		return i
	}
	w := WireNode{Kind: uint8(n.Kind), Parent: e.node(n.Parent), Key: e.node(n.Key), Args: e.nodes(n.Args), Index: n.Index, Name: n.Name, Owner: n.Owner}
	e.w.Nodes = append(e.w.Nodes, w)
	e.nums[n] = len(e.w.Nodes)
	return len(e.w.Nodes)
}

func (e *encoder) nodes(list []*path.Node) []int {
	var out []int
	for _, n := range list {
		out = append(out, e.node(n))
	}
	return out
}

func (e *encoder) guard(g Guard) []WireLiteral {
	var out []WireLiteral
	for _, l := range g {
		out = append(out, WireLiteral{e.node(l.Path), l.Const, l.Neg})
	}
	return out
}

func (e *encoder) held(list []Held) []WireHeld {
	var out []WireHeld
	for _, h := range list {
		out = append(out, WireHeld{e.node(h.Path), uint8(h.Mode), h.Retaken, steps(h.Steps)})
	}
	return out
}

func steps(list []Step) []WireStep {
	var out []WireStep
	for _, s := range list {
		out = append(out, WireStep{s.Func, s.Text, s.At, uint8(s.Kind), s.Dynamic})
	}
	return out
}

// decoder maps numbers back to nodes of a table.
type decoder struct {
	t     *path.Table
	nodes []*path.Node
}

func newDecoder(t *path.Table, nodes []WireNode) *decoder {
	d := &decoder{t: t, nodes: make([]*path.Node, len(nodes)+1)}
	for i, n := range nodes {
		d.nodes[i+1] = t.Restore(path.Kind(n.Kind), d.nodes[n.Parent], d.nodes[n.Key], d.list(n.Args), n.Index, n.Name, n.Owner)
	}
	return d
}

// Decode returns the summary that w stands for, its paths in table t.
func Decode(t *path.Table, w *Wire) *Summary {
	d := newDecoder(t, w.Nodes)
	s := &Summary{Unsure: w.Unsure}
	for _, a := range w.Acquires {
		s.Acquires = append(s.Acquires, d.acquire(a))
	}
	for _, p := range w.Pairs {
		s.Pairs = append(s.Pairs, Pair{d.held([]WireHeld{p.Held})[0], d.acquire(p.Taken)})
	}
	for _, x := range w.Exits {
		var stores []Store
		for _, st := range x.Stores {
			stores = append(stores, Store{d.nodes[st.Addr], d.nodes[st.Val]})
		}
		s.Exits = append(s.Exits, Exit{d.guard(x.Guard), d.held(x.Held), d.list(x.Released), stores, x.Dirty, d.list(x.Results)})
	}
	for _, c := range w.Calls {
		s.Calls = append(s.Calls, Call{d.nodes[c.Fn], c.Method, d.list(c.Args), d.held(c.Held), d.list(c.Released), d.guard(c.Guard), d.steps(c.Steps)})
	}
	for i := range w.Literals {
		s.Literals = append(s.Literals, FuncLiteral{w.Literals[i].Name, Decode(t, &w.Literals[i].Summary)})
	}
	return s
}

func (d *decoder) acquire(a WireAcquire) Acquire {
	return Acquire{d.nodes[a.Path], lock.Mode(a.Mode), d.guard(a.Guard), d.steps(a.Steps), a.Rules}
}

func (d *decoder) list(nums []int) []*path.Node {
	var out []*path.Node
	for _, n := range nums {
		out = append(out, d.nodes[n])
	}
	return out
}

func (d *decoder) guard(list []WireLiteral) Guard {
	var g Guard
	for _, l := range list {
		g, _ = g.And(Literal{d.nodes[l.Path], l.Const, l.Neg})
	}
	return g
}

func (d *decoder) held(list []WireHeld) []Held {
	var out []Held
	for _, h := range list {
		out = append(out, Held{d.nodes[h.Path], lock.Mode(h.Mode), h.Retaken, d.steps(h.Steps)})
	}
	return out
}

func (d *decoder) steps(list []WireStep) []Step {
	var out []Step
	for _, s := range list {
		out = append(out, Step{Func: s.Func, Text: s.Text, At: s.At, Kind: StepKind(s.Kind), Dynamic: s.Dynamic})
	}
	return out
}
