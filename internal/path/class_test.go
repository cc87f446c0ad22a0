package path

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

// TestClassAt checks that the class of a store is the same by its instruction and by
// the path of its address, where both tell it.
func TestClassAt(t *testing.T) {
	const src = `package p

type In struct{ flag bool }

type T struct {
	n    int
	in   In
	list []int
	byID map[int]*T
	next *T
	all  [3]int
}

var global int
var table []*T

func stores(t *T, xs []int, i int) {
	t.n = 1
	t.in.flag = true
	t.list[i] = 2
	t.list[1:][i] = 3
	t.all[i] = 4
	t.next.n = 5
	t.byID[i] = t
	xs[i] = 6
	global = 7
	table[i] = t
}
`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := &types.Config{Importer: importer.Default()}
	pkg, _, err := ssautil.BuildPackage(conf, fset, types.NewPackage("p", ""), []*ast.File{file}, 0)
	if err != nil {
		t.Fatal(err)
	}
	table := NewTable()
	var eval func(ssa.Value) *Node
	eval = func(v ssa.Value) *Node { return table.Resolve(v, eval) }
	got := map[string]bool{}
	for _, b := range pkg.Func("stores").Blocks {
		for _, instr := range b.Instrs {
			want, class := "", ""
			switch instr := instr.(type) {
			case *ssa.Store:
				want, class = eval(instr.Addr).Class(), ClassAt(instr.Addr)
			case *ssa.MapUpdate:
				want, class = table.Elem(eval(instr.Map), nil).Class(), ElementClass(instr.Map)
			default:
				continue
			}
			if class != want {
				t.Errorf("%s: got class %q, the path has %q", instr, class, want)
			}
			got[class] = true
		}
	}
	for _, class := range []string{"p.T.n", "p.In.flag", "[]p.T.list", "[]p.T.all", "[]p.T.byID", Elements, "p.global", "[]p.table"} {
		if !got[class] {
			t.Errorf("no store has class %q", class)
		}
	}
}
