package lockset

import (
	"golang.org/x/tools/go/ssa"
)

// graph is what the fixpoint needs of the control flow of a function: an
// order of its blocks, its loops, and which values are live where.
type graph struct {
	rpo   []int // block index → position in reverse postorder, -1 if unreachable
	order []*ssa.BasicBlock
	loops map[[2]int]map[*ssa.BasicBlock]bool // retreating edge → blocks of its loop
	heads map[*ssa.BasicBlock]bool
	count map[*ssa.BasicBlock][]counter // head of a loop → its counters
	live  []map[ssa.Value]bool          // block index → values live on entry
}

func newGraph(fn *ssa.Function) *graph {
	g := &graph{rpo: make([]int, len(fn.Blocks)), loops: map[[2]int]map[*ssa.BasicBlock]bool{}, heads: map[*ssa.BasicBlock]bool{}}
	g.number(fn)
	for _, b := range g.order {
		for _, succ := range b.Succs {
			if g.rpo[succ.Index] <= g.rpo[b.Index] {
				g.loops[[2]int{b.Index, succ.Index}] = loopBody(b, succ)
				g.heads[succ] = true
			}
		}
	}
	g.counters()
	g.liveness(fn)
	return g
}

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
func loopBody(from, head *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	body := map[*ssa.BasicBlock]bool{head: true}
	work := []*ssa.BasicBlock{from}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if !body[b] {
			body[b] = true
			work = append(work, b.Preds...)
		}
	}
	return body
}

// liveness computes which values are live on entry to each block. A use of a
// value counts as a use of everything that its path is made of.
func (g *graph) liveness(fn *ssa.Function) {
	g.live = make([]map[ssa.Value]bool, len(fn.Blocks))
	uses := make([]map[ssa.Value]bool, len(fn.Blocks))
	roots := map[ssa.Value][]ssa.Value{}
	for _, b := range fn.Blocks {
		g.live[b.Index], uses[b.Index] = map[ssa.Value]bool{}, map[ssa.Value]bool{}
	}
	var ops [16]*ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if phi, ok := instr.(*ssa.Phi); ok {
				for i, e := range phi.Edges {
					for _, r := range madeOf(e, roots) {
						uses[b.Preds[i].Index][r] = true
					}
				}
				continue
			}
			for _, op := range instr.Operands(ops[:0]) {
				if *op != nil {
					for _, r := range madeOf(*op, roots) {
						uses[b.Index][r] = true
					}
				}
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for i := len(g.order) - 1; i >= 0; i-- {
			b := g.order[i]
			in := g.live[b.Index]
			before := len(in)
			for v := range uses[b.Index] {
				in[v] = true
			}
			for _, succ := range b.Succs {
				for v := range g.live[succ.Index] {
					if phi, ok := v.(*ssa.Phi); ok && phi.Block() == succ {
						continue
					}
					if in, ok := v.(ssa.Instruction); ok && in.Block() == b {
						continue
					}
					in[v] = true
				}
			}
			changed = changed || len(in) != before
		}
	}
}

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
		if *op != nil {
			r = append(r, madeOf(*op, memo)...)
		}
	}
	memo[v] = r
	return r
}
