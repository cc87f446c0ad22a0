// Package callgraph finds the functions that dynamic calls may reach.
package callgraph

import (
	"cmp"
	"go/types"

	"golang.org/x/tools/go/callgraph/vta"
	"golang.org/x/tools/go/ssa"
)

// Dynamic resolves calls of function values and interface methods by the
// flow of values within one package: variable type analysis (Sundaresan et
// al., OOPSLA 2000), as go/callgraph/vta implements it. The graph is built
// when the first call asks for it.
type Dynamic struct {
	funcs   map[*ssa.Function]bool
	callees map[ssa.CallInstruction][]*ssa.Function
}

// NewDynamic returns a resolver over the given functions.
func NewDynamic(funcs []*ssa.Function) *Dynamic {
	d := &Dynamic{funcs: map[*ssa.Function]bool{}}
	for _, f := range funcs {
		d.funcs[f] = true
	}
	return d
}

// Callees returns the functions that the dynamic call at site may reach, in no
// order. Functions that no value flow leads there are not among them; those of
// other packages are not known.
func (d *Dynamic) Callees(site ssa.CallInstruction) []*ssa.Function {
	if d.callees == nil {
		d.build()
	}
	return d.callees[site]
}

func (d *Dynamic) build() {
	d.callees = map[ssa.CallInstruction][]*ssa.Function{}
	d.wrappers()
	g := vta.CallGraph(d.funcs, nil)
	for _, n := range g.Nodes {
		for _, e := range n.Out {
			if e.Site != nil && e.Site.Common().StaticCallee() == nil {
				d.callees[e.Site] = append(d.callees[e.Site], e.Callee.Func)
			}
		}
	}
}

// wrappers adds the functions behind method values and method expressions, and behind
// methods of objects in interface values that are promoted or declared for the value and
// not for the pointer: the source does not have them.
func (d *Dynamic) wrappers() {
	var found []*ssa.Function
	boxed := map[types.Type]bool{}
	var ops [16]*ssa.Value
	for fn := range d.funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				for _, op := range instr.Operands(ops[:0]) {
					if f, ok := (*op).(*ssa.Function); ok && isWrapper(f) {
						found = append(found, f)
					}
				}
				if m, ok := instr.(*ssa.MakeInterface); ok && !boxed[m.X.Type()] && isOf(m.X.Type(), fn.Pkg) {
					boxed[m.X.Type()] = true
					found = append(found, methods(fn.Prog, m.X.Type())...)
				}
			}
		}
	}
	for _, f := range found {
		d.funcs[f] = true
	}
}

// isWrapper reports whether the source does not have fn, which has a body.
func isWrapper(fn *ssa.Function) bool {
	return fn.Parent() == nil && fn.Synthetic != "" && len(fn.Blocks) > 0
}

// isOf reports whether t is a type that pkg declares and that is not generic, or a pointer
// to one.
func isOf(t types.Type, pkg *ssa.Package) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && pkg != nil && n.Obj().Pkg() == pkg.Pkg && n.TypeParams().Len() == 0
}

// methods returns the wrappers behind the methods of t that are not declared for t itself.
func methods(prog *ssa.Program, t types.Type) []*ssa.Function {
	var list []*ssa.Function
	set := prog.MethodSets.MethodSet(t)
	for i := range set.Len() {
		sel := set.At(i)
		recv := sel.Obj().(*types.Func).Signature().Recv().Type()
		if len(sel.Index()) == 1 && types.Identical(recv, t) {
			continue
		}
		if f := prog.MethodValue(sel); f != nil && isWrapper(f) {
			list = append(list, f)
		}
	}
	return list
}

// Compare orders functions by name: positions in different files depend on the
// order in which a driver has parsed them.
func Compare(a, b *ssa.Function) int {
	return cmp.Or(cmp.Compare(a.String(), b.String()), cmp.Compare(a.Pos(), b.Pos()))
}
