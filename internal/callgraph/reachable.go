package callgraph

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"
)

// Reachable returns the declared functions and function literals that a run of
// the program may call, starting at the initializer and the main function of
// the package. It is rapid type analysis (Bacon and Sweeney, OOPSLA 1996)
// without a look at call sites: every function that is mentioned counts, and
// all methods of a type that is converted to an interface. That takes generic
// functions as they are declared, which go/callgraph/rta does not.
func Reachable(main *ssa.Package) map[*ssa.Function]bool {
	r := &reachability{prog: main.Prog, seen: map[*ssa.Function]bool{}}
	r.reach(main.Func("init"))
	r.reach(main.Func("main"))
	for len(r.work) > 0 {
		fn := r.work[len(r.work)-1]
		r.work = r.work[:len(r.work)-1]
		r.visit(fn)
	}
	return r.seen
}

type reachability struct {
	prog  *ssa.Program
	seen  map[*ssa.Function]bool
	types typeutil.Map // converted to interfaces
	work  []*ssa.Function
}

// reach adds fn, which may be nil, and what it is an instance of.
func (r *reachability) reach(fn *ssa.Function) {
	if fn == nil || r.seen[fn] {
		return
	}
	r.seen[fn] = true
	r.work = append(r.work, fn)
	r.reach(fn.Origin())
}

// visit adds what fn mentions.
func (r *reachability) visit(fn *ssa.Function) {
	var ops [16]*ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if c, ok := instr.(*ssa.MakeInterface); ok {
				r.convert(c.X.Type())
			}
			for _, op := range instr.Operands(ops[:0]) {
				if f, ok := (*op).(*ssa.Function); ok {
					r.reach(f)
				}
			}
		}
	}
}

// convert adds the methods of t, as they are declared.
func (r *reachability) convert(t types.Type) {
	if r.types.Set(t, true) != nil {
		return
	}
	for sel := range r.prog.MethodSets.MethodSet(t).Methods() {
		if m, ok := sel.Obj().(*types.Func); ok {
			r.reach(r.prog.FuncValue(m.Origin()))
		}
	}
}
