package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Which lock an operation acts on: behind interfaces, read sides and own lock types.

// lockOf returns the lock that an operation on p in the given mode acts on:
// the RWMutex behind an RLocker, the mutex that the Lock method of an own
// lock type takes; written by the shortest path that heap rules allow.
func (x *executor) lockOf(p *path.Node, mode lock.Mode) (*path.Node, lock.Mode, []string) {
	p = p.Plain()
	if p.Kind == path.RLocker {
		p, mode = p.Parent, lock.Read
	}
	if inner := x.innerLock(p); inner != nil {
		p = inner
	}
	p, rules := x.engine.Canon(x.fn, p)
	if p.Kind == path.RLocker {
		p, mode = p.Parent, lock.Read
	}
	if r := p.Root(); r.Kind == path.Const && r.Name == "nil" {
		p = x.table.Unknown() // there is no lock at nil
	}
	return p, mode, rules
}

// lockIn returns the lock that the target of f names p.
func (x *executor) lockIn(f *frame, p *path.Node) *path.Node {
	p, _, _ = x.lockOf(f.sub.Apply(p), 0)
	return p
}

// releasedIn returns the lock that the target of f releases and names p. In an object that is
// not known here it is still none of another field.
func (x *executor) releasedIn(f *frame, p *path.Node) *path.Node {
	q := x.lockIn(f, p)
	if q.Kind == path.Unknown && p.Kind == path.Field {
		return someLock(x.table, p)
	}
	return q
}

// holdIn returns s with the lock held that the target of f says is.
func (x *executor) holdIn(s *state, f *frame, h summary.Held) *state {
	p, mode, _ := x.lockOf(f.sub.Apply(h.Path), h.Mode)
	return s.hold(p, mode, f.witness(x, h.Steps))
}

// innerLock returns the mutex that p.Lock takes and leaves locked, if p is of an own
// lock type: the Lock of a mock may take another one to count its calls.
func (x *executor) innerLock(p *path.Node) *path.Node {
	t := x.typeOf(p)
	if t == nil || types.IsInterface(t) {
		return nil
	}
	owner := path.OwnerName(t)
	if owner == "" || owner == "sync.Mutex" || owner == "sync.RWMutex" || owner == "sync.Once" {
		return nil
	}
	m := x.method(p, "Lock")
	if m == nil {
		return nil
	}
	sum := x.engine.Summary(m)
	if sum == nil || len(sum.Acquires) != 1 {
		return nil
	}
	a := sum.Acquires[0].Path
	held := slices.ContainsFunc(sum.Exits, func(e summary.Exit) bool { return e.Holds(a) })
	if a.Root() != x.table.Param(0) || a.IsRoot() || !held {
		return nil
	}
	return x.table.Replace(a, x.table.Param(0), p)
}

// lockerMethod returns the summary of a method of an interface that is a
// lock by its type: it has the methods of sync.Locker.
func (x *executor) lockerMethod(c *ssa.CallCommon) *summary.Summary {
	it, ok := c.Value.Type().Underlying().(*types.Interface)
	if !ok || !isLocker(it) || c.Method.Signature().Params().Len() > 0 {
		return nil
	}
	return x.engine.SummaryByName("(*sync.RWMutex)." + c.Method.Name())
}

// isLocker reports whether it has methods Lock() and Unlock().
func isLocker(it *types.Interface) bool {
	for _, name := range [...]string{"Lock", "Unlock"} {
		obj, _, _ := types.LookupFieldOrMethod(it, false, nil, name)
		f, ok := obj.(*types.Func)
		if !ok || f.Signature().Params().Len()+f.Signature().Results().Len() > 0 {
			return false
		}
	}
	return true
}
