package lockset

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// exporter puts what a state knows in terms that callers understand.
type exporter struct {
	x       *executor
	s       *state
	results []*path.Node
	fresh   map[*path.Node]bool // roots of objects made here that callers can reach
	sub     *path.Substitution
}

// value returns n in terms of the caller, or nil.
func (e *exporter) value(n *path.Node) *path.Node {
	n = e.kept(n)
	if n.Visible() {
		return n
	}
	if e.sub == nil {
		t := e.x.table
		e.sub = &path.Substitution{Table: t, Root: func(n *path.Node) *path.Node {
			if m := e.made(n); m != nil {
				return m
			}
			if m := e.x.reached(n); m != nil {
				return m
			}
			if n.Kind == path.Value || n.Kind == path.Fresh {
				return t.Unknown()
			}
			return nil
		}}
	}
	m := e.sub.Apply(e.x.table.General(n))
	if !m.Visible() {
		return nil
	}
	m.Any(func(r *path.Node) bool {
		if r.Kind == path.Fresh {
			e.fresh[r] = true
		}
		return false
	})
	return m
}

// kept returns n by the name of the variable that keeps it, where that is written
// once: a new object is what the variable contains from then on.
func (e *exporter) kept(n *path.Node) *path.Node {
	t, once := e.x.table, e.x.engine.WriteOnce
	if n.Kind == path.Deref && n.Site != nil && n.Parent.Visible() && once(n.Parent) {
		return t.Deref(n.Parent, nil)
	}
	if freshRoot(n) == n {
		for _, b := range e.s.mem {
			if b.val == n && b.key.Visible() && once(b.key) {
				return t.Deref(b.key, nil)
			}
		}
	}
	return n
}

// made returns what the object made here that root n is is called in the summary,
// or nil if n is none. Of a whole object callers know that flags, numbers and strings
// in it are zero that they are not told of.
func (e *exporter) made(n *path.Node) *path.Node {
	x, whole := e.x, 0
	if e.isWhole(n) {
		whole = path.Whole
	}
	switch n.Kind {
	case path.Value:
		switch v := n.Site.(type) {
		case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeChan:
			return x.table.FreshOf(freshNumber(x.number(v.(ssa.Instruction)), 0)|whole, path.TypeName(n.Type()))
		}
	case path.Fresh:
		if i, ok := n.Site.(ssa.Instruction); ok && n.MadeNumber() < maxHandedOn {
			return x.table.FreshOf(freshNumber(x.number(i), n.MadeNumber())|whole, n.Owner)
		}
	}
	return nil
}

// maxHandedOn bounds the numbers of objects that are told to the next caller, too.
const maxHandedOn = 1_099_511_627_776

// freshNumber returns the number of an object that instruction instr makes, or the call
// of a callee that numbers it so: the callee's number, 17 bits for the instruction, the
// bit [path.Whole], and 2 bits that tell whether there is a callee.
func freshNumber(instr, callee int) int {
	if callee == 0 {
		return instr << 3
	}
	return callee<<20 | instr<<3 | 1
}

// number returns the position of instr in its function.
func (x *executor) number(instr ssa.Instruction) int {
	if x.numbers == nil {
		x.numbers = map[ssa.Instruction]int{}
		for _, b := range x.fn.Blocks {
			for _, i := range b.Instrs {
				x.numbers[i] = len(x.numbers)
			}
		}
	}
	return x.numbers[instr]
}

// lockPath names a lock for the caller: by a visible path, or through a result.
func (e *exporter) lockPath(p *path.Node) *path.Node {
	if p.Visible() {
		return p
	}
	t := e.x.table
	for i, r := range e.results {
		if p.HasPrefix(r) && !r.Visible() {
			if q := t.Replace(p, r, t.Result(i)); q.Visible() {
				return q
			}
		}
	}
	return nil
}

func (e *exporter) resultPaths() []*path.Node {
	out := make([]*path.Node, len(e.results))
	for i, r := range e.results {
		out[i] = e.value(r)
	}
	return out
}

// guard returns the condition of the exit over parameters and results.
func (e *exporter) guard() summary.Guard {
	t := e.x.table
	g := e.s.cond.Visible()
	for i, r := range e.results {
		if r.Kind == path.Const {
			continue
		}
		if neverNil(r) {
			g, _ = g.And(summary.Literal{Path: t.Result(i), Const: "nil", Neg: true})
		}
		for _, l := range e.s.cond {
			if l.Path == r && !r.Visible() {
				g, _ = g.And(summary.Literal{Path: t.Result(i), Const: l.Const, Neg: l.Neg})
			}
		}
	}
	return g
}

// neverNil reports whether n is not nil: made here, or a package-level error.
func neverNil(n *path.Node) bool {
	return n.NeverNil() || n.Site == nil && inPackageError(n)
}

// inPackageError reports whether n is what is in a package-level error.
func inPackageError(n *path.Node) bool {
	return n.Kind == path.Deref && n.Parent.Kind == path.Global && n.Type() != nil && isError(n.Type())
}

// memory returns the changes of memory that callers can see.
func (e *exporter) memory() (stores []summary.Store, dirty []string) {
	for _, c := range e.s.dirty {
		if c[0] != '#' && c[0] != '@' && !strings.HasSuffix(c, byPassed) && len(dirty) < maxDirty {
			dirty = append(dirty, c)
		}
	}
	for i := range e.x.fn.FreeVars {
		cell := e.x.table.Free(i)
		if e.s.isDirty(cell) && e.s.mem.get(cell) == nil {
			stores = append(stores, summary.Store{Addr: cell})
		}
	}
	done := map[*path.Node]bool{}
	for again := true; again; {
		again = false
		for _, b := range e.s.mem {
			if done[b.key] || !e.reachable(b.key) {
				continue
			}
			done[b.key], again = true, true
			addr, val := e.value(b.key), e.unchanged(b.key, e.value(b.val))
			switch {
			case addr == nil || b.val.Kind == path.Deref && b.val.Parent == b.key && b.val.Site != nil:
			case addr.Class() != "" && (addr.Remote() || len(stores) >= maxStores):
				dirty = append(dirty, addr.Class())
			case len(stores) >= maxStores:
			case val != nil:
				stores = append(stores, summary.Store{Addr: addr, Val: val})
			case addr.Class() == "" || addr.Root().Kind == path.Fresh && isBasic(addr):
				stores = append(stores, summary.Store{Addr: addr})
			}
		}
	}
	slices.Sort(dirty)
	return stores, slices.Compact(dirty)
}

// newCells returns what the variables and objects contain that callers can reach and have
// not had before, as far as they can name that.
func (e *exporter) newCells() []summary.Store {
	var stores []summary.Store
	done := map[*path.Node]bool{}
	for again := true; again; {
		again = false
		for _, b := range e.s.mem {
			if done[b.key] || b.key.Visible() || !e.reachable(b.key) || len(stores) >= maxStores {
				continue
			}
			done[b.key], again = true, true
			if addr, val := e.value(b.key), e.value(b.val); addr != nil && val != nil {
				stores = append(stores, summary.Store{Addr: addr, Val: val})
			}
		}
	}
	return stores
}

// unchanged returns val, the content of addr at the exit, as the one on entry if the
// condition of the exit says that it was the same: of a counter that has been raised
// and lowered again, say.
func (e *exporter) unchanged(addr, val *path.Node) *path.Node {
	if val == nil || val.Kind != path.Const || !addr.Visible() {
		return val
	}
	if old := e.x.table.Deref(addr, nil); e.s.cond.Value(old) == val.Name {
		return old
	}
	return val
}

// reachable reports whether a caller can reach the cell at addr.
func (e *exporter) reachable(addr *path.Node) bool {
	if addr.Visible() {
		return true
	}
	m := e.made(addr.Root())
	return m != nil && e.fresh[m]
}
