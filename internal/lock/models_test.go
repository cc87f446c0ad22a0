package lock

import (
	"go/importer"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestBuiltin checks that every model of the table is one of a function of the
// standard library that has the arguments which its effects are about.
func TestBuiltin(t *testing.T) {
	models := Builtin()
	if len(models) < 100 {
		t.Errorf("only %d models", len(models))
	}
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil) // has what is not exported, too
	packages := map[string]*types.Package{}
	for _, name := range slices.Sorted(maps.Keys(models)) {
		pkg, owner, method := splitName(name)
		if first, _, _ := strings.Cut(pkg, "/"); strings.Contains(first, ".") {
			continue // not in the standard library
		}
		if packages[pkg] == nil {
			p, err := imp.Import(pkg)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			packages[pkg] = p
		}
		fn := find(packages[pkg], owner, method)
		if fn == nil {
			t.Errorf("%s: there is no such function", name)
			continue
		}
		if got := fullName(fn); got != name {
			t.Errorf("%s: the function is %s", name, got)
		}
		for _, e := range models[name] {
			for _, problem := range mismatches(fn.Signature(), e) {
				t.Errorf("%s: %s: %s", name, e.Op, problem)
			}
		}
	}
}

// splitName cuts (*pkg.T).M, (pkg.T).M or pkg.F into its parts.
func splitName(name string) (pkg, owner, fn string) {
	if rest, ok := strings.CutPrefix(name, "("); ok {
		recv, method, _ := strings.Cut(rest, ").")
		recv = strings.TrimPrefix(recv, "*")
		dot := strings.LastIndexByte(recv, '.')
		return recv[:dot], recv[dot+1:], method
	}
	dot := strings.LastIndexByte(name, '.')
	return name[:dot], "", name[dot+1:]
}

// find returns the function, or method of owner, with that name, or nil.
func find(pkg *types.Package, owner, name string) *types.Func {
	if owner == "" {
		fn, _ := pkg.Scope().Lookup(name).(*types.Func)
		return fn
	}
	tn, ok := pkg.Scope().Lookup(owner).(*types.TypeName)
	if !ok {
		return nil
	}
	typ := tn.Type()
	if !types.IsInterface(typ) {
		typ = types.NewPointer(typ)
	}
	obj, _, _ := types.LookupFieldOrMethod(typ, true, pkg, name)
	fn, _ := obj.(*types.Func)
	return fn
}

// fullName writes the name of fn as the table does.
func fullName(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.Pkg().Path() + "." + fn.Name()
	}
	star, typ := "", recv.Type()
	if p, ok := typ.(*types.Pointer); ok {
		star, typ = "*", p.Elem()
	}
	obj := typ.(*types.Named).Obj()
	return "(" + star + obj.Pkg().Path() + "." + obj.Name() + ")." + fn.Name()
}

// mismatches tells what effect e cannot mean for a function of that signature.
func mismatches(sig *types.Signature, e Effect) []string {
	var out []string
	expect := func(ok bool, problem string) {
		if !ok {
			out = append(out, problem)
		}
	}
	args := arguments(sig)
	for i, kind := range strings.TrimLeft(shapes[e.Op], "m") {
		if kind == 'n' || kind == 'f' || kind == 'k' {
			continue
		}
		n := [...]int{'p': e.P, 'q': e.Q, 'r': e.R}[kind]
		if n >= len(args) {
			return []string{"operand " + string(rune('0'+i)) + " is no argument"}
		}
	}
	results := sig.Results()
	switch e.Op {
	case "acquire", "release":
		expect(results.Len() == 0, "has results")
	case "try", "cas", "refuse", "match", "text":
		expect(results.Len() == 1 && types.Identical(results.At(0).Type().Underlying(), types.Typ[types.Bool]), "has no boolean result")
	case "call":
		expect(isFunc(args[e.P]) || e.Field != "", "argument is no function")
	case "once", "visit":
		expect(isFunc(args[e.Q]), "argument is no function")
	case "insert":
		expect(results.Len() == 1 || e.Field == "", "has not one result")
	case "new":
		expect(results.Len() == 1 && strings.TrimPrefix(results.At(0).Type().String(), "*") == e.Owner, "does not return such an object")
	case "element", "fresh", "reused", "content", "same", "over", "collect", "join":
		expect(results.Len() > 0, "has no result")
	case "cancel":
		expect(results.Len() == 2 && isFunc(results.At(1).Type()), "does not return a function, too")
	case "format", "formatf":
		expect(sig.Variadic() && e.P == len(args)-1, "argument is not variadic")
	case "method", "parts":
		expect(isInterface(args[e.P]) || e.Field != "", "argument is no interface")
	case "rlocker", "copy", "part", "nonnil", "load", "swap", "with", "value":
		expect(results.Len() == 1, "has not one result")
	}
	return out
}

// arguments returns the types of the arguments, the receiver first.
func arguments(sig *types.Signature) []types.Type {
	var args []types.Type
	if sig.Recv() != nil {
		args = append(args, sig.Recv().Type())
	}
	for v := range sig.Params().Variables() {
		args = append(args, v.Type())
	}
	return args
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

func isInterface(t types.Type) bool { return types.IsInterface(t) }

// TestParse checks the format of the table.
func TestParse(t *testing.T) {
	m, err := Parse("models", `
# A comment.
func (*example.com/m.Mu).Lock  acquire write p0   # another one
func example.com/m.With        acquire read p0; call p1; release p0
func (example.com/m.T).Each    method p1 Len
`)
	if err != nil {
		t.Fatal(err)
	}
	want := Models{
		"(*example.com/m.Mu).Lock": {{Op: "acquire", Mode: Write}},
		"example.com/m.With":       {{Op: "acquire", Mode: Read}, {Op: "call", P: 1}, {Op: "release"}},
		"(example.com/m.T).Each":   {{Op: "method", P: 1, Method: "Len"}},
	}
	if !maps.EqualFunc(m, want, slices.Equal) {
		t.Errorf("got %v, want %v", m, want)
	}
}

// TestParseErrors checks that errors name the file and line.
func TestParseErrors(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"pkg.F none", `a model starts with "func "`},
		{"func pkg.F", "pkg.F has no effect"},
		{"func pkg.F lock p0", `pkg.F: unknown effect "lock"`},
		{"func pkg.F none;", "pkg.F: an effect is missing"},
		{"func pkg.F acquire p0", "pkg.F: acquire takes 2 operands, not 1"},
		{"func pkg.F acquire shared p0", `pkg.F: acquire: unknown mode "shared"`},
		{"func pkg.F release mu", `pkg.F: release: "mu" is no argument; write p0, p1, …`},
		{"func pkg.F release 0", `pkg.F: release: "0" is no argument; write p0, p1, …`},
		{"func pkg.F release p-1", `pkg.F: release: "p-1" is no argument; write p0, p1, …`},
		{"func pkg.F content p0 Next", `pkg.F: content: "Next" is no field; write pkg.Type.Field`},
		{"func pkg.F nonnil p0", "pkg.F: nonnil takes 0 operands, not 1"},
	} {
		_, err := Parse("my.models", "# first line\n\n"+test.line+"\nfunc pkg.G none\n")
		if want := "my.models:3: " + test.want; err == nil || err.Error() != want {
			t.Errorf("%s: got error %v, want %s", test.line, err, want)
		}
	}
}

// TestReentry checks the code of every combination.
func TestReentry(t *testing.T) {
	for _, test := range []struct {
		held, next Mode
		want       Code
	}{
		{Write, Write, Relock},
		{Write, Read, Downgrade},
		{Read, Write, Upgrade},
		{Read, Read, RecursiveRLock},
		{Once, Once, OnceReentry},
	} {
		got := Reentry(test.held, test.next)
		if got != test.want {
			t.Errorf("%s, then %s: got %s, want %s", test.held, test.next, got, test.want)
		}
		if !slices.Contains(Codes, got) {
			t.Errorf("%s is not among the codes", got)
		}
	}
	verbs := map[string]bool{}
	for _, c := range Codes {
		verbs[c.Verb()] = true
	}
	if len(verbs) != len(Codes) {
		t.Errorf("%d texts for %d codes", len(verbs), len(Codes))
	}
}

// TestDocumented checks that the page on models and the head of the table tell
// of every effect and of no other.
func TestDocumented(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "models.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []struct{ name, rows, in string }{
		{"docs/models.md", "(?m)^\\| `([a-z]+)", string(page)},
		{"models.txt", `(?m)^#\t([a-z]+)(?: [a-z].*)?  +[a-z]`, builtin},
	} {
		var told []string
		for _, m := range regexp.MustCompile(text.rows).FindAllStringSubmatch(text.in, -1) {
			told = append(told, m[1])
		}
		slices.Sort(told)
		if want := slices.Sorted(maps.Keys(shapes)); !slices.Equal(slices.Compact(told), want) {
			t.Errorf("%s tells of %v\nwant %v", text.name, told, want)
		}
	}
}
