package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Bounds on what a summary says of an outcome. Past them contents are
// forgotten, not locks.
const (
	maxExits  = 12
	maxAgree  = 4 // exits with the same lock effect
	maxStores = 24
	maxDirty  = 48
)

// exit records that the function at hand returns in state s.
func (x *executor) exit(s *state, ret *ssa.Return) {
	x.completed(s, ret.Block())
	results := make([]*path.Node, len(ret.Results))
	for i, r := range ret.Results {
		results[i] = x.eval(s, r)
		x.leaves(s, results[i])
	}
	if x.top {
		return
	}
	if !isLoopBody(x.fn) {
		s = x.settleLater(s)
	}
	ex := &exporter{x: x, s: s, results: results, fresh: map[*path.Node]bool{}}
	e := summary.Exit{Results: ex.resultPaths(), Guard: ex.guard()}
	for _, l := range s.locks {
		p := ex.lockPath(l.path)
		switch {
		case handedUp(l.steps), !l.held && !l.released:
		case !l.held && (p == nil || p.Remote() || l.shared || isSomeLock(p)), l.held && s.asked && !l.released:
			x.noteLost(l.path)
		case p == nil || p.Remote():
		case l.held:
			steps := l.steps
			if ret.Pos().IsValid() {
				steps = append(slices.Clip(steps), x.stepAt(ret.Pos(), summary.Returns, "returns", false))
			}
			e.Held = append(e.Held, summary.Held{Path: p, Mode: l.mode, Retaken: l.released, Steps: steps})
		default:
			e.Released = append(e.Released, p)
		}
	}
	for _, p := range s.later {
		if p = ex.lockPath(p); p == nil {
			p = x.table.Unknown()
		}
		e.Later = append(e.Later, p)
	}
	e.Stores, e.Dirty = ex.memory()
	x.addExit(e)
}

// Bounds on how many functions may hand a lock up to their callers before it is taken for
// a protocol that is not understood.
const (
	maxReturns = 3
	maxLeaks   = 6 // if one of them has forgotten to unlock: that is no protocol
)

// handedUp reports whether a lock held has been returned by that many
// functions already.
func handedUp(steps []summary.Step) bool {
	n, most := 0, maxReturns
	for _, s := range steps {
		if s.Leaves() {
			n++
		}
		if s.Kind == summary.Leaks {
			most = maxLeaks
		}
	}
	return n >= most
}

// addExit adds e to the outcomes of the function at hand. Outcomes with the
// same effect on locks are merged where that loses nothing that callers ask
// for.
func (x *executor) addExit(e summary.Exit) {
	alike := 0
	for i := range x.exits {
		o := &x.exits[i]
		if !sameEffect(o, &e) {
			continue
		}
		neutral := len(e.Held)+len(e.Released)+len(e.Later) == 0 && !isLoopBody(x.fn)
		if alike++; alike >= maxAgree || (neutral && !x.choose(o, &e) || sameResults(o, &e)) && sameFlags(x.table, o, &e) && !setsCompared(o, &e) {
			x.noteReturned(i, &e)
			mergeExit(x.table, o, &e)
			return
		}
	}
	if len(x.exits) >= maxExits {
		x.giveUp("too many outcomes")
		return
	}
	x.noteReturned(len(x.exits), &e)
	x.exits = append(x.exits, e)
}

func sameEffect(a, b *summary.Exit) bool {
	return slices.EqualFunc(a.Held, b.Held, func(a, b summary.Held) bool {
		return a.Path == b.Path && a.Mode == b.Mode && a.Retaken == b.Retaken
	}) && slices.Equal(a.Released, b.Released) && slices.Equal(a.Later, b.Later)
}

// choose reports whether a and b return different objects or functions that callers can name, by a
// condition that they may know, too. An object that is made where there is none yet
// is no other one to those who ask again.
func (x *executor) choose(a, b *summary.Exit) bool {
	if !slices.ContainsFunc(a.Guard, func(l summary.Literal) bool { return b.Guard.Has(l.Not()) }) {
		return false
	}
	named := func(p *path.Node) bool {
		return p != nil && p.Visible() && p.Kind != path.Const && p.Root().Kind != path.Fresh
	}
	for i, p := range a.Results {
		if q := b.Results[i]; p != q && named(p) && named(q) && hasObject(x.fn.Signature.Results().At(i).Type()) {
			return true
		}
	}
	return false
}

// hasObject reports whether a value of type t leads to an object, or is code.
func hasObject(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Signature:
		return true
	case *types.Interface:
		return !isError(t) && !path.IsContext(t) // these are understood otherwise
	}
	return false
}

func sameResults(a, b *summary.Exit) bool {
	if !slices.Equal(a.Results, b.Results) {
		return false
	}
	onResult := func(l summary.Literal) bool { return l.Path.Root().Kind == path.Result }
	return slices.Equal(a.Guard.Where(onResult), b.Guard.Where(onResult))
}

// sameFlags reports whether a and b agree on the flags of new objects that both return.
func sameFlags(t *path.Table, a, b *summary.Exit) bool {
	differ := func(from, other *summary.Exit) bool {
		return slices.ContainsFunc(from.Stores, func(s summary.Store) bool {
			if !isFlagOfNew(s.Addr) {
				return false
			}
			_, ok := agreed(t, s, from, other)
			return !ok
		})
	}
	return !differ(a, b) && !differ(b, a)
}

// setsCompared reports whether it depends on a comparison of a cell with something else than
// a constant if the function leaves by a or by b, and one of them changes the cell: the owner
// of a lock, for one.
func setsCompared(a, b *summary.Exit) bool {
	return slices.ContainsFunc(a.Guard, func(l summary.Literal) bool {
		if l.Path.Kind != path.Binary || l.Path.Key.Kind == path.Const || !b.Guard.Has(l.Not()) {
			return false
		}
		sets := func(s summary.Store) bool {
			return l.Path.Any(func(n *path.Node) bool { return n.Kind == path.Deref && n.Parent == s.Addr })
		}
		return slices.ContainsFunc(a.Stores, sets) || slices.ContainsFunc(b.Stores, sets)
	})
}

// mergeExit weakens a to stand for b too.
func mergeExit(t *path.Table, a, b *summary.Exit) {
	for i := range a.Results {
		*a, *b = orNil(t, *a, i, b.Results[i]), orNil(t, *b, i, a.Results[i])
	}
	a.Stores, a.Dirty = mergeStores(t, a, b)
	l, either := a.Guard.Decides(b.Guard)
	for i := range a.Results {
		if either && isFlag(a.Results[i], "true") && isFlag(b.Results[i], "false") {
			a.Results[i] = truth(t, l)
		} else if either && isFlag(a.Results[i], "false") && isFlag(b.Results[i], "true") {
			a.Results[i] = t.Not(truth(t, l))
		} else {
			a.Results[i] = mergeResult(t, a.Results[i], b.Results[i])
		}
	}
	if g, ok := a.Guard.Join(b.Guard); ok {
		a.Guard = g
	} else {
		a.Guard = a.Guard.Meet(b.Guard)
	}
}

// orNil returns e with the new object that its result i is, if the other outcome returns nil
// there, by a name that does not say that it is not nil.
func orNil(t *path.Table, e summary.Exit, i int, other *path.Node) summary.Exit {
	object := e.Results[i]
	if object == nil || object.Kind != path.Fresh || object.Owner == "" || other == nil || !isFlag(other, "nil") {
		return e
	}
	e.Results, e.Stores = slices.Clone(e.Results), slices.Clone(e.Stores)
	e.Results[i] = t.Fresh(object.Index)
	for i, s := range e.Stores {
		e.Stores[i].Addr = t.Replace(s.Addr, object, t.Fresh(object.Index))
		if s.Val != nil {
			e.Stores[i].Val = t.Replace(s.Val, object, t.Fresh(object.Index))
		}
	}
	return e
}

// mergeStores returns the stores that a and b agree on, and the classes of cells that
// either may change.
func mergeStores(t *path.Table, a, b *summary.Exit) (stores []summary.Store, dirty []string) {
	dirty = append(slices.Clone(a.Dirty), b.Dirty...)
	merge := func(s summary.Store, from, other *summary.Exit) {
		switch val, ok := agreed(t, s, from, other); {
		case ok && val == t.Deref(s.Addr, nil) && !slices.Contains(dirty, s.Addr.Class()):
		case ok:
			stores = append(stores, summary.Store{Addr: s.Addr, Val: val})
		case s.Addr.Class() == "" || isFlagOfNew(s.Addr):
			stores = append(stores, summary.Store{Addr: s.Addr})
		default:
			dirty = append(dirty, s.Addr.Class())
		}
	}
	for _, s := range a.Stores {
		merge(s, a, b)
	}
	for _, s := range b.Stores {
		if !slices.ContainsFunc(a.Stores, func(o summary.Store) bool { return o.Addr == s.Addr }) {
			merge(s, b, a)
		}
	}
	slices.Sort(dirty)
	return dedupe(stores), slices.Compact(dirty)
}

// agreed returns what the cell of s, a store of one outcome, contains in both outcomes,
// by their conditions where they store different values. What one does not tell of a
// flag in an object that both return is zero, if it tells all of the object.
func agreed(t *path.Table, s summary.Store, from, other *summary.Exit) (*path.Node, bool) {
	val := valueUnder(t, s.Val, from.Guard)
	if i := slices.IndexFunc(other.Stores, func(o summary.Store) bool { return o.Addr == s.Addr }); i >= 0 {
		o := other.Stores[i].Val
		if o == s.Val {
			return o, true
		}
		return val, isFlagOfNew(s.Addr) && val != nil && val.Kind == path.Const && val == valueUnder(t, o, other.Guard)
	}
	root := s.Addr.Root()
	switch {
	case root.Kind != path.Fresh:
		return toggled(t, s.Addr, val, from, other)
	case !isFlagOfNew(s.Addr) || !tellsOfNew(other, root):
		return s.Val, true
	}
	return val, root.Index&path.Whole != 0 && val != nil && val == zeroOf(t, s.Addr)
}

// toggled returns what the cell at addr contains if one of two outcomes stores the constant
// val there and the other leaves it as it is: it may be val already, else what decides which
// of them it is tells. A flag that is set and reset again is what it was.
func toggled(t *path.Table, addr, val *path.Node, from, other *summary.Exit) (*path.Node, bool) {
	class := addr.Class()
	sets := func(s summary.Store) bool { return s.Addr == addr || class != "" && s.Addr.Class() == class }
	if slices.Contains(other.Dirty, class) || slices.ContainsFunc(other.Stores, sets) {
		return nil, false
	}
	was := valueUnder(t, t.Deref(addr, nil), other.Guard)
	if val == nil || val.Kind != path.Const || was.Kind != path.Const {
		return nil, false
	}
	l, ok := from.Guard.Decides(other.Guard)
	if !ok || val == was {
		return val, val == was
	}
	n := t.Choice(truth(t, l), val, was)
	return n, n.Kind != path.Unknown
}

// valueUnder returns the constant that val is where g holds, or else val.
func valueUnder(t *path.Table, val *path.Node, g summary.Guard) *path.Node {
	if val == nil || val.Kind == path.Const {
		return val
	}
	if c := g.Value(val); c != "" {
		return t.Const(c)
	}
	return val
}

// isFlagOfNew reports whether the cell at addr holds a flag, a number or a string in an
// object that the function has made.
func isFlagOfNew(addr *path.Node) bool { return addr.Root().Kind == path.Fresh && isBasic(addr) }

// tellsOfNew reports whether the new object is one of those that the caller gets by e.
func tellsOfNew(e *summary.Exit, object *path.Node) bool {
	return slices.Contains(e.Results, object) || slices.ContainsFunc(e.Stores, func(s summary.Store) bool {
		return s.Val == object || s.Addr.Root() == object
	})
}

func isFlag(n *path.Node, name string) bool {
	return n != nil && n.Kind == path.Const && n.Name == name
}

// truth returns whether l holds as a value.
func truth(t *path.Table, l summary.Literal) *path.Node {
	n := l.Path
	if l.Const != "true" {
		n = t.Binary(token.EQL, n, t.Const(l.Const))
	}
	if l.Neg {
		n = t.Not(n)
	}
	return n
}

func dedupe(stores []summary.Store) []summary.Store {
	var out []summary.Store
	for _, s := range stores {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// mergeResult returns what a result is known to be that is a or b: nil and p
// give p, which claims only what it is if it is not nil. Of a function that another one has
// returned callers know more.
func mergeResult(t *path.Table, a, b *path.Node) *path.Node {
	isNil := func(n *path.Node) bool {
		return n != nil && n.Kind == path.Const && n.Owner == "" && (n.Name == "nil" || n.Name == "zero")
	}
	switch {
	case a == b:
		return a
	case a != nil && a.IsReturned():
		return a
	case b != nil && b.IsReturned():
		return b
	case a == nil || b == nil:
		return nil
	case isNil(a) && !neverNil(b) && b.Kind != path.Const:
		return b
	case isNil(b) && !neverNil(a) && a.Kind != path.Const:
		return a
	}
	return mergeReached(t, a, b)
}
