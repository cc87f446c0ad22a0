package analyzer_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/buildssa"
	"golang.org/x/tools/go/packages"

	"github.com/lockreentry/lockreentry/analyzer"
)

// A hostile is a program that asks more of the analyzer than people write.
type hostile struct {
	name string
	body func(w io.Writer)
	want []string // parts of the reports, in order
	hits string   // what the analyzer says under -debug of the bound that it hits
}

// hostiles are the programs. In each of them T is a struct with a mutex mu.
var hostiles = []hostile{
	{name: "operations", want: []string{"t.mu is locked again while held"}, body: func(w io.Writer) {
		fmt.Fprintln(w, "func (t *T) Many(n int) {")
		for i := range 5000 {
			fmt.Fprintf(w, "\tif n != %d {\n\t\tt.mu.Lock()\n\t\tt.n++\n\t\tt.mu.Unlock()\n\t}\n", i)
		}
		fmt.Fprintln(w, "\tt.mu.Lock()\n\tt.mu.Lock()\n}")
	}},
	{name: "correlated", hits: "too many lock states", body: func(w io.Writer) {
		fmt.Fprint(w, "func (t *T) Flags(a, b, c *T, f [20]bool, m []sync.Mutex) {\n")
		for i := range 20 {
			fmt.Fprintf(w, "\tf%d := f[%d]\n\tif f%d {\n\t\tm[%d].Lock()\n\t}\n", i, i, i, i)
		}
		for i := range 20 {
			fmt.Fprintf(w, "\tif f%d {\n\t\tm[%d].Unlock()\n\t}\n", i, i)
		}
		fmt.Fprintln(w, "}")
	}},
	{name: "conditions", want: []string{"t.mu is locked again while held"}, body: func(w io.Writer) {
		fmt.Fprintln(w, "func (t *T) Steps(n int) {\n\tt.mu.Lock()")
		for i := range 20 {
			fmt.Fprintf(w, "\tif n&%d != 0 {\n\t\tt.n++\n\t}\n", 1<<i)
		}
		fmt.Fprintln(w, "\tt.mu.Lock()\n}")
	}},
	{name: "mixed", want: []string{"t.mu is locked again while held"}, body: func(w io.Writer) {
		fmt.Fprintln(w, "func (t *T) Mix(n int) {\n\tt.mu.Lock()")
		for i := range 2000 {
			fmt.Fprintf(w, "\tn ^= n >> %d\n", i%13+1)
		}
		fmt.Fprintln(w, "\tif n > 3 {\n\t\tt.mu.Lock()\n\t}\n}")
	}},
	{name: "chain", hits: "the chain of calls is too long", want: []string{"f4995 → T.f4996 → T.f4997"}, body: func(w io.Writer) {
		for i := range 5000 {
			fmt.Fprintf(w, "func (t *T) f%d() { t.f%d() }\n", i, i+1)
		}
		fmt.Fprintln(w, "func (t *T) f5000() {\n\tt.mu.Lock()\n\tt.mu.Unlock()\n}")
		for _, i := range []int{0, 4995} {
			fmt.Fprintf(w, "func (t *T) From%d() {\n\tt.mu.Lock()\n\tdefer t.mu.Unlock()\n\tt.f%d()\n}\n", i, i)
		}
	}},
	{name: "component", want: []string{"t.mu is locked again while held"}, body: func(w io.Writer) {
		for i := range 1000 {
			fmt.Fprintf(w, "func (t *T) g%d(n int) {\n\tif n > %d {\n\t\tt.g%d(n - 1)\n\t} else if n > 0 {\n\t\tt.g%d(n - 2)\n\t}\n\tt.mu.Lock()\n\tt.n++\n\tt.mu.Unlock()\n}\n", i, i, (i+1)%1000, (i*7+3)%1000)
		}
		fmt.Fprintln(w, "func (t *T) Start() {\n\tt.mu.Lock()\n\tdefer t.mu.Unlock()\n\tt.g0(1)\n}")
	}},
	{name: "implementations", hits: "too many callees", body: func(w io.Writer) {
		fmt.Fprintln(w, "type I interface{ Do(t *T) }")
		var list []string
		for i := range 1000 {
			fmt.Fprintf(w, "type A%d struct{ mu sync.Mutex }\nfunc (a *A%d) Do(t *T) {\n\tt.mu.Lock()\n\tt.mu.Unlock()\n}\n", i, i)
			list = append(list, fmt.Sprintf("&A%d{}", i))
		}
		fmt.Fprintf(w, "var all = []I{%s}\n", strings.Join(list, ", "))
		fmt.Fprintln(w, "func (t *T) Each() {\n\tt.mu.Lock()\n\tdefer t.mu.Unlock()\n\tfor _, i := range all {\n\t\ti.Do(t)\n\t}\n}")
	}},
	{name: "defers", body: func(w io.Writer) {
		fmt.Fprintln(w, "func (t *T) Ladder(n int) {")
		for i := range 1000 {
			fmt.Fprintf(w, "\tif n == %d {\n\t\tt.mu.Lock()\n\t\tdefer t.mu.Unlock()\n\t\treturn\n\t}\n", i)
		}
		fmt.Fprintln(w, "}")
	}},
	{name: "callbacks", body: func(w io.Writer) {
		fmt.Fprintln(w, "type F[K any] struct{ one, two func(K) int }")
		fmt.Fprintln(w, "type C[K any] struct {\n\tx, y, z bool\n\ta, b, d sync.Mutex\n\tf *F[K]\n}")
		fmt.Fprintln(w, "func New[K any]() *C[K] {\n\tc := &C[K]{f: &F[K]{}}\n\tc.f.one = c.first\n\tc.f.two = c.second\n\treturn c\n}")
		for _, name := range []string{"first", "second"} {
			fmt.Fprintf(w, "func (c *C[K]) %s(k K) int {\n", name)
			for i, branch := range []string{"x:a", "y:b", "z:d"} {
				fmt.Fprintf(w, "\tif c.%c {\n\t\tc.%c.Lock()\n\t\treturn %d\n\t}\n", branch[0], branch[2], i+1)
			}
			fmt.Fprintln(w, "\treturn 4\n}")
		}
		fmt.Fprintln(w, "func (c *C[K]) wrap(f func() error) error { return f() }\nfunc (c *C[K]) wrap2(f func() error) error { return c.wrap(f) }")
		for i := range 8 { // as many as are followed
			fmt.Fprintf(w, "func (c *C[K]) Run%d(k K) {\n\tc.wrap(func() error {\n\t\tc.f.one(k)\n\t\tc.f.two(k)\n\t\treturn nil\n\t})\n}\n", i)
		}
	}},
	{name: "parser", want: []string{"t.mu is locked again while held"}, body: func(w io.Writer) {
		fmt.Fprintln(w, "func (t *T) Parse(table, stack []int, next func(int) int) {\n\tfor n := 0; n >= 0; n = next(n) {\n\t\tswitch r := table[n]; r {")
		for i := range 2000 {
			fmt.Fprintf(w, "\t\tcase %d:\n\t\t\tif stack[0] == %d {\n\t\t\t\tt.n = next(r)\n\t\t\t}\n\t\t\tt.n++\n", i, i)
		}
		fmt.Fprintln(w, "\t\tdefault:\n\t\t\tt.mu.Lock()\n\t\t\tt.mu.Lock()\n\t\t\treturn\n\t\t}\n\t}\n}")
	}},
	{name: "literals", want: []string{"t.mu is locked again while held"}, body: func(w io.Writer) {
		fmt.Fprintln(w, "func (t *T) Nest() {\n\tt.mu.Lock()")
		for range 10 {
			fmt.Fprintln(w, "\tfunc() {")
		}
		fmt.Fprintln(w, "\tt.mu.Lock()")
		for range 10 {
			fmt.Fprintln(w, "\t}()")
		}
		fmt.Fprintln(w, "}")
	}},
}

// load writes the program to a module of its own and type-checks it.
func (h *hostile) load(t testing.TB) []*packages.Package {
	t.Helper()
	var src bytes.Buffer
	fmt.Fprintf(&src, "package %s\n\nimport \"sync\"\n\ntype T struct {\n\tmu sync.Mutex\n\tn int\n}\n\n", h.name)
	h.body(&src)
	dir := t.TempDir()
	for name, data := range map[string][]byte{"go.mod": []byte("module hostile\n\ngo 1.26\n"), h.name + ".go": src.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax,
		Dir:  dir,
		Env:  append(os.Environ(), "GO111MODULE=on", "GOPROXY=off", "GOFLAGS=", "GOWORK=off"),
	}, ".")
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.Fatal("the program is wrong")
	}
	return pkgs
}

// TestBounds checks that programs far beyond what people write are analysed to
// the end: what is within the bounds is reported, nothing else, and a bound
// that was hit is told under -debug.
func TestBounds(t *testing.T) {
	for _, h := range hostiles {
		t.Run(h.name, func(t *testing.T) {
			var debug bytes.Buffer
			graph, err := checker.Analyze([]*analysis.Analyzer{analyzer.New(analyzer.Options{Debug: true, DebugTo: &debug})}, h.load(t), nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, act := range graph.Roots {
				if act.Err != nil {
					t.Fatal(act.Err)
				}
				for _, d := range act.Diagnostics {
					got = append(got, d.Message)
				}
			}
			if !slices.EqualFunc(got, h.want, strings.Contains) {
				t.Errorf("got reports\n%s\nwant those that contain\n%s", strings.Join(got, "\n"), strings.Join(h.want, "\n"))
			}
			if !strings.Contains(debug.String(), h.hits) {
				t.Errorf("the debug output does not tell %q:\n%.2000s", h.hits, &debug)
			}
		})
	}
}

// BenchmarkBounds shows what the same programs cost: loaded once, analysed,
// and next to that their SSA form built.
func BenchmarkBounds(b *testing.B) {
	for _, h := range hostiles {
		pkgs := h.load(b)
		for _, tool := range []*analysis.Analyzer{buildssa.Analyzer, analyzer.Analyzer} {
			b.Run(h.name+"/"+tool.Name, func(b *testing.B) {
				for b.Loop() {
					if _, err := checker.Analyze([]*analysis.Analyzer{tool}, pkgs, nil); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
