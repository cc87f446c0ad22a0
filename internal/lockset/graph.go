package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// graph is what the fixpoint needs of the control flow of a function: an
// order of its blocks, its loops, and which values are live where.
type graph struct {
	rpo    []int // block index → position in reverse postorder, -1 if unreachable
	order  []*ssa.BasicBlock
	loops  map[[2]int]bits // retreating edge → blocks of its loop
	bodies map[int]bits    // head of a loop → blocks of all loops with that head
	looped bits            // blocks of any loop
	heads  map[*ssa.BasicBlock]bool
	awaits map[[2]int]awaited            // of retreating edges, once asked for
	count  map[*ssa.BasicBlock][]counter // head of a loop → its counters
	over   map[loopField]int             // field → loops over its contents, once asked for

	values map[ssa.Value]int // places in the sets of values
	live   []bits            // block index → values live on entry
}

func newGraph(fn *ssa.Function) *graph {
	g := &graph{rpo: make([]int, len(fn.Blocks)), loops: map[[2]int]bits{}, bodies: map[int]bits{}, looped: newBits(len(fn.Blocks)), heads: map[*ssa.BasicBlock]bool{}, awaits: map[[2]int]awaited{}, values: map[ssa.Value]int{}}
	g.number(fn)
	for _, b := range g.order {
		for _, succ := range b.Succs {
			if g.rpo[succ.Index] <= g.rpo[b.Index] {
				g.addLoop(b, succ, loopBody(b, succ))
			}
		}
	}
	g.counters()
	g.liveness(fn)
	return g
}

// addLoop files the loop of the edge from → head.
func (g *graph) addLoop(from, head *ssa.BasicBlock, body bits) {
	g.loops[[2]int{from.Index, head.Index}] = body
	g.heads[head] = true
	if g.bodies[head.Index] == nil {
		g.bodies[head.Index] = newBits(len(g.rpo))
	}
	for i, word := range body {
		g.bodies[head.Index][i] |= word
		g.looped[i] |= word
	}
}

// inBody reports whether b is in a loop with that head.
func (g *graph) inBody(head, b *ssa.BasicBlock) bool {
	body := g.bodies[head.Index]
	return body != nil && body.has(b.Index)
}

// inLoop reports whether b can be executed more than once.
func (g *graph) inLoop(b *ssa.BasicBlock) bool { return g.looped.has(b.Index) }

// number computes the reverse postorder from the entry and the recover block.
func (g *graph) number(fn *ssa.Function) {
	for i := range g.rpo {
		g.rpo[i] = -1
	}
	type frame struct {
		b    *ssa.BasicBlock
		next int
	}
	seen := make([]bool, len(fn.Blocks))
	var post []*ssa.BasicBlock
	visit := func(root *ssa.BasicBlock) {
		if root == nil || seen[root.Index] {
			return
		}
		seen[root.Index] = true
		stack := []frame{{root, 0}}
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.next == len(f.b.Succs) {
				post = append(post, f.b)
				stack = stack[:len(stack)-1]
				continue
			}
			succ := f.b.Succs[f.next]
			f.next++
			if !seen[succ.Index] {
				seen[succ.Index] = true
				stack = append(stack, frame{succ, 0})
			}
		}
	}
	visit(fn.Recover)
	visit(fn.Blocks[0])
	for i := len(post) - 1; i >= 0; i-- {
		g.rpo[post[i].Index] = len(g.order)
		g.order = append(g.order, post[i])
	}
}

// loopBody returns the blocks of the natural loop of the edge from → head.
func loopBody(from, head *ssa.BasicBlock) bits {
	body := newBits(len(head.Parent().Blocks))
	body.set(head.Index)
	work := []*ssa.BasicBlock{from}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if !body.has(b.Index) {
			body.set(b.Index)
			work = append(work, b.Preds...)
		}
	}
	return body
}

// liveness computes which values are live on entry to each block. A use of a
// value counts as a use of everything that its path is made of. Values that are
// used in their own block only are live on entry to none, and so not looked at: what
// they are made of is used where they are.
func (g *graph) liveness(fn *ssa.Function) {
	roots := map[ssa.Value][]ssa.Value{}
	uses := make([][]ssa.Value, len(fn.Blocks)) // of values from other blocks
	use := func(b *ssa.BasicBlock, v ssa.Value) {
		if instr, ok := v.(ssa.Instruction); !ok || instr.Block() == b && !isPhi(v) {
			return
		}
		for _, r := range madeOf(v, roots) {
			if r.(ssa.Instruction).Block() != b || isPhi(r) {
				uses[b.Index] = append(uses[b.Index], r)
				g.numberValue(r)
			}
		}
	}
	var ops [16]*ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if phi, ok := instr.(*ssa.Phi); ok {
				for i, e := range phi.Edges {
					use(b.Preds[i], e)
				}
				continue
			}
			for _, op := range instr.Operands(ops[:0]) {
				if *op != nil {
					use(b, *op)
				}
			}
		}
	}
	g.flowBack(fn, uses)
}

func isPhi(v ssa.Value) bool {
	_, ok := v.(*ssa.Phi)
	return ok
}

// numberValue gives v its place in the sets of live values.
func (g *graph) numberValue(v ssa.Value) {
	if _, ok := g.values[v]; !ok {
		g.values[v] = len(g.values)
	}
}

// flowBack solves liveness: what is used in a block, or live on entry to one
// that follows, is live on entry unless the block defines it. A φ is defined
// on entry.
func (g *graph) flowBack(fn *ssa.Function, uses [][]ssa.Value) {
	g.live = make([]bits, len(fn.Blocks))
	defs := make([]bits, len(fn.Blocks))
	phis := make([]bits, len(fn.Blocks))
	for i := range g.live {
		g.live[i], defs[i], phis[i] = newBits(len(g.values)), newBits(len(g.values)), newBits(len(g.values))
		for _, v := range uses[i] {
			g.live[i].set(g.values[v])
		}
	}
	for v, n := range g.values {
		b := v.(ssa.Instruction).Block()
		if defs[b.Index].set(n); isPhi(v) {
			phis[b.Index].set(n)
		}
	}
	for changed := true; changed; {
		changed = false
		for i := len(g.order) - 1; i >= 0; i-- {
			b := g.order[i]
			for _, succ := range b.Succs {
				if g.live[b.Index].add(g.live[succ.Index], phis[succ.Index], defs[b.Index]) {
					changed = true
				}
			}
		}
	}
}

// isLive reports whether v is live on entry to b.
func (g *graph) isLive(v ssa.Value, b *ssa.BasicBlock) bool {
	n, ok := g.values[v]
	return ok && g.live[b.Index].has(n)
}

// bits is a set of small numbers.
type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

func (s bits) set(n int)      { s[n/64] |= 1 << (n % 64) }
func (s bits) has(n int) bool { return s[n/64]&(1<<(n%64)) != 0 }

// add adds to s what is in t and neither in no nor in nor; it reports whether
// s changed.
func (s bits) add(t, no, nor bits) bool {
	changed := false
	for i := range s {
		if more := t[i] &^ no[i] &^ nor[i] &^ s[i]; more != 0 {
			s[i] |= more
			changed = true
		}
	}
	return changed
}

// maxMadeOf bounds the values that a path is known to be computed from. Past it some
// are taken for dead too early, and what was known of them is forgotten.
const maxMadeOf = 64

// madeOf returns v and the values that v's path is computed from.
func madeOf(v ssa.Value, memo map[ssa.Value][]ssa.Value) []ssa.Value {
	instr, ok := v.(ssa.Instruction)
	if !ok {
		return nil
	}
	if r, ok := memo[v]; ok {
		return r
	}
	r := []ssa.Value{v}
	memo[v] = r
	switch v.(type) {
	case *ssa.Phi, *ssa.Call, *ssa.Alloc:
		return r
	}
	var ops [8]*ssa.Value
	for _, op := range instr.Operands(ops[:0]) {
		if *op == nil {
			continue
		}
		for _, m := range madeOf(*op, memo) {
			if len(r) < maxMadeOf && !slices.Contains(r, m) {
				r = append(r, m)
			}
		}
	}
	memo[v] = r
	return r
}
