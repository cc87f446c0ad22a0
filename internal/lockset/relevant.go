package lockset

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Most functions have nothing to do with locks. Those are not run, unless a
// function that has asks what they return or store and they are small.
const (
	smallBlocks = 8
	smallInstrs = 80
	tinyBlocks  = 2 // for functions that only such functions ask for
)

// touch is what a function can do to locks.
type touch uint8

const (
	nothing touch = iota
	calls         // it calls what only its caller knows, which may touch one
	acts          // it may perform an operation on a lock
)

// relevance finds the functions that can touch a lock, directly or through
// functions of this package.
type relevance struct {
	e     *Engine
	known map[*ssa.Function]touch
	used  map[*ssa.Function]bool // functions that others of the package mention
	wires map[*ssa.Function]bool // functions that store what another package calls later
	locks bool                   // some function of the package performs an operation on a lock

	valued map[*ssa.Function]bool // functions that are used as values
	boxed  map[types.Type]bool    // types of what is put into interfaces

	candidates *candidates               // nil until the first dynamic call is asked about
	foreign    map[*ssa.Function]outside // functions without a body here
	invokers   map[string][]invoker      // by the name of the method
}

// Relevant reports whether fn can touch a lock.
func (e *Engine) Relevant(fn *ssa.Function) bool { return e.touches(fn) != nothing }

// touches returns what fn can do to locks.
func (e *Engine) touches(fn *ssa.Function) touch {
	r := e.relevance()
	if t, ok := r.known[fn]; ok {
		return t
	}
	return max(r.direct(fn, nil), r.reaches(fn))
}

func (e *Engine) relevance() *relevance {
	if e.rel == nil {
		e.rel = &relevance{
			e: e, known: map[*ssa.Function]touch{}, used: map[*ssa.Function]bool{}, wires: map[*ssa.Function]bool{},
			valued: map[*ssa.Function]bool{}, boxed: map[types.Type]bool{}, foreign: map[*ssa.Function]outside{}, invokers: map[string][]invoker{},
		}
		e.rel.propagate()
	}
	return e.rel
}

// propagate computes relevance for all functions of the package: direct uses
// first, then callers of what is relevant.
func (r *relevance) propagate() {
	for _, fn := range r.e.Funcs {
		r.locks = r.locks || r.operates(fn)
	}
	callers := map[*ssa.Function][]*ssa.Function{}
	var work []*ssa.Function
	for _, fn := range r.e.Funcs {
		if r.known[fn] = r.direct(fn, callers); r.known[fn] != nothing {
			work = append(work, fn)
		}
	}
	for _, fn := range r.e.Funcs {
		if fn.Signature.Recv() != nil {
			callers[fn] = append(callers[fn], r.invokersOf(fn)...)
		}
	}
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		for _, c := range callers[fn] {
			if r.known[c] < r.known[fn] {
				r.known[c] = r.known[fn]
				work = append(work, c)
			}
		}
	}
	for fn := range r.wires {
		r.known[fn] = acts
	}
}

// direct returns what fn itself does to locks; it notes the functions of the
// package that fn uses.
func (r *relevance) direct(fn *ssa.Function, callers map[*ssa.Function][]*ssa.Function) touch {
	found := nothing
	var ops [16]*ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if ok {
				found = max(found, r.call(fn, call.Common(), callers))
			}
			if callers == nil {
				continue
			}
			if ok && call.Common().IsInvoke() {
				name, v := call.Common().Method.Name(), call.Common().Value
				r.invokers[name] = append(r.invokers[name], invoker{fn, v.Type(), gotHere(v)})
			}
			if !r.wires[fn] && r.e.registering(instr) {
				r.wires[fn] = true
			}
			if m, ok := instr.(*ssa.MakeInterface); ok {
				r.boxed[m.X.Type()] = true
			}
			for i, op := range instr.Operands(ops[:0]) {
				if g, isFunc := (*op).(*ssa.Function); isFunc {
					if !ok || i > 0 {
						r.valued[g] = true
					}
					g = path.Generic(g)
					if r.used[g] = true; runs(instr) {
						callers[g] = append(callers[g], fn)
					}
				}
			}
		}
	}
	return found
}

// operates reports whether fn calls a function of another package that acts
// on locks, or that makes a function which does.
func (r *relevance) operates(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			c := call.Common()
			if it, ok := c.Value.Type().Underlying().(*types.Interface); c.IsInvoke() && ok && isLocker(it) {
				return true
			}
			if callee := c.StaticCallee(); callee != nil && !r.e.owns(callee) && (r.told(callee) == acts || r.makesActing(callee)) {
				return true
			}
		}
	}
	return false
}

// fromCaller reports whether the function or interface value v was passed in by
// a caller, or is found in something that was.
func fromCaller(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Parameter, *ssa.FreeVar:
		return true
	case *ssa.UnOp:
		return fromCaller(v.X)
	case *ssa.FieldAddr:
		return fromCaller(v.X)
	case *ssa.Field:
		return fromCaller(v.X)
	case *ssa.IndexAddr:
		return fromCaller(v.X)
	case *ssa.Lookup:
		return fromCaller(v.X)
	case *ssa.Extract:
		if next, ok := v.Tuple.(*ssa.Next); ok {
			return fromCaller(next.Iter.(*ssa.Range).X)
		}
		if l, ok := v.Tuple.(*ssa.Lookup); ok {
			return fromCaller(l.X)
		}
	case *ssa.Phi:
		for _, e := range v.Edges {
			if _, ok := e.(*ssa.Parameter); ok {
				return true
			}
		}
	}
	return false
}

// passed reports whether the interface value v is a parameter or what a captured
// variable holds.
func passed(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Parameter:
		return true
	case *ssa.UnOp:
		_, captured := v.X.(*ssa.FreeVar)
		return captured
	}
	return false
}

// asked reports whether callers are told of the call c of an interface method:
// the value is a parameter or an element of one, or of the type of a type parameter, or
// the interface is of this module, which asks others to implement it. What other
// interfaces there are in objects is rarely the affair of who has a lock.
func (e *Engine) asked(c *ssa.CallCommon) bool {
	switch t := types.Unalias(c.Value.Type()).(type) {
	case *types.TypeParam, *types.Interface:
		return true
	case *types.Named:
		if t.Obj().Pkg() != nil && e.inModule(t.Obj().Pkg().Path()) {
			return true
		}
	}
	v := c.Value
	if load, ok := v.(*ssa.UnOp); ok {
		if at, ok := load.X.(*ssa.IndexAddr); ok {
			v = at.X
		}
	}
	_, param := v.(*ssa.Parameter)
	return param
}

// inModule reports whether the package with that path is the one at hand, or of its module.
func (e *Engine) inModule(pkg string) bool {
	return e.Imported(pkg) == nil || e.Module != "" && (pkg == e.Module || strings.HasPrefix(pkg, e.Module+"/"))
}

// runs reports whether a function among the operands of instr may be run by
// the function that instr is in.
func runs(instr ssa.Instruction) bool {
	switch instr.(type) {
	case ssa.CallInstruction, *ssa.MakeClosure:
		return true
	}
	return false
}

// call returns what the call c in fn does to locks by itself; it notes the functions
// of the package that it is told to call.
func (r *relevance) call(fn *ssa.Function, c *ssa.CallCommon, callers map[*ssa.Function][]*ssa.Function) touch {
	if c.IsInvoke() {
		it, ok := c.Value.Type().Underlying().(*types.Interface)
		if ok && isLocker(it) {
			return acts
		}
		if passed(c.Value) || r.e.asked(c) && fromCaller(c.Value) {
			return calls
		}
		return nothing
	}
	callee := c.StaticCallee()
	if callee == nil {
		_, builtin := c.Value.(*ssa.Builtin)
		switch {
		case builtin:
			return nothing
		case r.locks:
			return acts
		case fromCaller(c.Value):
			return calls
		}
		return nothing
	}
	if len(callee.Blocks) > 0 && r.inPackage(callee) {
		return nothing
	}
	if t := r.told(callee); t != calls {
		return t
	}
	p := passing{r: r, fn: fn, call: c, callers: callers}
	return p.touch(r.foreign[callee].sum.Calls)
}

// outside is what the models and facts tell of a function without a body here.
type outside struct {
	sum   *summary.Summary
	touch touch
}

// told returns what the models and facts tell that callee does to locks.
func (r *relevance) told(callee *ssa.Function) touch {
	o, ok := r.foreign[callee]
	if !ok {
		o.sum = r.e.Known(path.FuncName(callee), callee)
		switch {
		case o.sum != nil && o.sum.Acts():
			o.touch = acts
		case o.sum.Locks():
			o.touch = calls
		}
		r.foreign[callee] = o
	}
	return o.touch
}

// makesActing reports whether callee, of another package, hands out a function
// literal that acts on locks.
func (r *relevance) makesActing(callee *ssa.Function) bool {
	r.told(callee)
	s := r.foreign[callee].sum
	return s != nil && slices.ContainsFunc(s.Literals, func(l summary.FuncLiteral) bool { return l.Summary.Acts() })
}

func (r *relevance) inPackage(fn *ssa.Function) bool {
	_, ok := r.known[fn]
	return ok || r.e.owns(fn)
}

// reaches returns what fn, a wrapper that the SSA builder made, does to locks
// by what it calls.
func (r *relevance) reaches(fn *ssa.Function) touch {
	found := nothing
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				if g := call.Common().StaticCallee(); g != nil && g != fn {
					found = max(found, r.known[path.Generic(g)])
				}
			}
		}
	}
	return found
}

// worthwhile reports whether running fn, which touches no lock, is cheap
// enough for what its caller may learn.
func (e *Engine) worthwhile(fn *ssa.Function) bool {
	blocks := smallBlocks
	if len(e.running) > 0 && !e.Relevant(e.running[len(e.running)-1].fn) {
		blocks = tinyBlocks
	}
	if len(fn.Blocks) > blocks {
		return false
	}
	n := 0
	for _, b := range fn.Blocks {
		n += len(b.Instrs)
	}
	return n <= smallInstrs
}
