package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// instr executes one instruction from state s.
func (x *executor) instr(s *state, instr ssa.Instruction) []*state {
	t := x.table
	switch instr := instr.(type) {
	case *ssa.Store:
		return one(x.storeTo(s, instr))
	case *ssa.UnOp:
		if instr.Op == token.ARROW && isEmptyChan(instr.X.Type()) {
			return one(x.waitsFor(s, instr.X))
		}
		if instr.Op == token.MUL {
			addr := x.eval(s, instr.X)
			v, s := x.load(s, addr, instr.Type(), instr)
			if n := x.settled(instr); n != nil {
				v = n
			}
			if root := freshRoot(addr); root != nil && v.Site == instr && s.isSoiled(callersClass(root)) {
				x.callers[instr] = true
			}
			return one(x.bind(s, instr, v))
		}
	case *ssa.Field:
		f := t.Field(t.Const("zero"), instr.X.Type(), instr.Field)
		v, s := s.project(t, x.eval(s, instr.X), f, instr)
		return one(x.bind(s, instr, v))
	case *ssa.Lookup:
		v, s := x.loadElement(s, instr)
		if instr.CommaOk {
			return one(s) // the element is bound by Extract
		}
		return one(x.bind(s, instr, v))
	case *ssa.Extract:
		if l, ok := instr.Tuple.(*ssa.Lookup); ok {
			if instr.Index == 1 {
				return one(x.found(s, l, instr))
			}
			v, s := x.loadElement(s, l)
			return one(x.bind(s, instr, v))
		}
	case *ssa.MapUpdate:
		if !tracked(instr.Value.Type(), !makesEntry(instr)) {
			return one(s)
		}
		m, k := x.eval(s, instr.Map), x.eval(s, instr.Key)
		addr, val := t.Lookup(m, k, nil), x.eval(s, instr.Value)
		x.leaves(s, val)
		if x.engine.registersStore(instr) {
			x.registersStore(s, instr, t.Elem(m, nil), instr.Value)
		}
		return one(x.keep(s, addr, val, instr).store(addr, val))
	case *ssa.Send:
		return one(x.giveUpLocks(s, x.eval(s, instr.X)))
	case *ssa.Select:
		return one(x.polls(x.sends(s, instr), instr))
	case *ssa.Call:
		return x.call(s, instr)
	case *ssa.Go:
		return one(x.start(s, instr))
	case *ssa.Defer:
		return one(x.push(s, instr))
	case *ssa.RunDefers:
		return x.runDefers(s, false)
	case *ssa.Return:
		x.exit(s, instr)
		return nil
	case *ssa.Panic:
		if instr.Pos().IsValid() { // else no path leads there: a select for which no case is ready, say
			x.panics(s, instr.Pos())
		}
		return nil
	}
	return one(s)
}

// tracked reports whether contents of type t can name a lock or decide about
// one. Numbers and strings decide where they are the state of something, but
// not as the elements of a buffer or a list.
func tracked(t types.Type, element bool) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return !element || u.Info()&types.IsBoolean != 0 || u.Info()&types.IsInteger != 0 && u.Kind() != types.Uint8
	case *types.Array:
		return tracked(u.Elem(), true)
	}
	return true
}

// makesEntry reports whether u puts something under a constant into a map that is made here:
// an option, of which others ask whether it is there.
func makesEntry(u *ssa.MapUpdate) bool {
	_, made := u.Map.(*ssa.MakeMap)
	_, named := u.Key.(*ssa.Const)
	return made && named
}

func one(s *state) []*state { return []*state{s} }

// storeTo executes a store.
func (x *executor) storeTo(s *state, instr *ssa.Store) *state {
	_, element := instr.Addr.(*ssa.IndexAddr)
	if !tracked(instr.Val.Type(), element) {
		return s
	}
	addr, val := x.place(x.eval(s, instr.Addr)), x.eval(s, instr.Val)
	if _, variable := instr.Addr.(*ssa.Alloc); !variable {
		x.leaves(s, val)
	}
	if x.engine.registersStore(instr) {
		x.registersStore(s, instr, addr, instr.Val)
	}
	if s.carries() && !isOwnVariable(instr.Addr) {
		s = x.spend(s, val)
	}
	n := x.newLength(s, addr, instr.Val)
	return x.resize(x.keep(s, addr, val, instr).store(addr, val), addr, instr.Val, n)
}

// bind notes that v has the given path in s, where its own does not tell.
func (x *executor) bind(s *state, v ssa.Value, n *path.Node) *state {
	key := x.table.Value(v)
	if n.Kind == path.Unknown || x.basic(s, v) == n {
		if s.env.get(key) == nil {
			return s
		}
		c := *s
		c.env = s.env.where(func(b binding) bool { return b.key != key })
		return &c
	}
	c := *s
	c.env = s.env.set(key, n)
	return &c
}

// found returns s with ok, which tells whether the map lookup l finds something, bound
// where that has been put there.
func (x *executor) found(s *state, l *ssa.Lookup, ok *ssa.Extract) *state {
	n := x.lookup(s, l)
	v := s.mem.get(n)
	if n.Kind != path.Lookup || v == nil || v.Kind == path.Lookup && v.Parent == n.Parent && v.Key == n.Key {
		return s
	}
	return x.bind(s, ok, x.table.Const("true"))
}

// loadElement returns the element that the map lookup l finds.
func (x *executor) loadElement(s *state, l *ssa.Lookup) (*path.Node, *state) {
	return s.element(x.table, x.lookup(s, l), l)
}

// start starts a goroutine. If its function, or one that it is passed, releases a
// lock that is held here, the lock is handed over: nothing is known of it from
// here on.
func (x *executor) start(s *state, g *ssa.Go) *state {
	fn, args := x.operands(s, g.Common())
	fn = x.callee(g, fn)
	values := slices.Concat(args, []*path.Node{fn})
	s = x.spend(s, values...)
	for _, t := range x.known(fn, "", args) {
		x.alone(s, &frame{target: t, site: g})
		s = x.releasedElsewhere(s, &frame{target: t, site: g})
	}
	for _, a := range values {
		if x.isFunc(a) {
			s = x.giveUpLocks(s, a)
		}
	}
	return s
}

// callee returns the function that the call at site runs: the one that it names, or
// the value fn.
func (x *executor) callee(site ssa.CallInstruction, fn *path.Node) *path.Node {
	if static := site.Common().StaticCallee(); static != nil && fn.Kind != path.Closure {
		return x.table.Func(static)
	}
	return fn
}

// push defers a call; its function and arguments are those of now.
func (x *executor) push(s *state, d *ssa.Defer) *state {
	if d.DeferStack != nil && isLoopBody(x.fn) {
		return x.postponed(s, d)
	}
	again, alike, depth := 0, 0, 0
	if s.defers != nil {
		depth = s.defers.depth
	}
	fn, args := x.operands(s, d.Common())
	for f := s.defers; f != nil; f = f.below {
		if f.site == d {
			again++
			if f.fn == fn && slices.Equal(f.args, args) {
				alike++
			}
		}
	}
	if depth >= maxDefers {
		x.giveUp("too many pending defers")
		return s
	}
	if alike > 1 {
		return s // what it releases is released by then
	}
	if again > 1 { // a loop defers the same call: of more of them only the locks are told that they release
		for _, t := range x.known(x.callee(d, fn), "", args) {
			s = x.releasedElsewhere(s, &frame{target: t, site: d})
		}
		return s
	}
	n := *s
	n.defers = x.stack(&deferred{below: s.defers, site: d, fn: fn, args: args, depth: depth + 1})
	return &n
}

// stack returns the one pointer for stacks equal to d.
func (x *executor) stack(d *deferred) *deferred {
	for _, e := range x.stacks {
		if e.below != d.below || e.site != d.site || e.fn != d.fn || len(e.args) != len(d.args) {
			continue
		}
		same := true
		for i := range e.args {
			same = same && e.args[i] == d.args[i]
		}
		if same {
			return e
		}
	}
	x.stacks = append(x.stacks, d)
	return d
}

// runDefers runs the pending calls, last in first out.
func (x *executor) runDefers(s *state, panicking bool) []*state {
	states := []*state{x.unwinding(s, panicking)}
	for {
		var next []*state
		ran := false
		for _, s := range states {
			d := s.defers
			if d == nil {
				next = append(next, s)
				continue
			}
			ran = true
			n := *s
			n.defers = d.below
			next = append(next, x.perform(&n, d.site, d.fn, d.args)...)
		}
		states = x.compact(next)
		if !ran {
			for i := range states {
				states[i] = x.unwound(states[i])
			}
			return states
		}
	}
}
