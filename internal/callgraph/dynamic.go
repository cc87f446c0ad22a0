// Package callgraph finds the functions that dynamic calls may reach.
package callgraph

import (
	"cmp"

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

// wrappers adds the functions behind method values and method expressions,
// which the source does not have.
func (d *Dynamic) wrappers() {
	var found []*ssa.Function
	var ops [16]*ssa.Value
	for fn := range d.funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				for _, op := range instr.Operands(ops[:0]) {
					if f, ok := (*op).(*ssa.Function); ok && f.Synthetic != "" && f.Parent() == nil && len(f.Blocks) > 0 {
						found = append(found, f)
					}
				}
			}
		}
	}
	for _, f := range found {
		d.funcs[f] = true
	}
}

// Compare orders functions by name: positions in different files depend on the
// order in which a driver has parsed them.
func Compare(a, b *ssa.Function) int {
	return cmp.Or(cmp.Compare(a.String(), b.String()), cmp.Compare(a.Pos(), b.Pos()))
}
