package analyzer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/lockreentry/lockreentry/internal/path"
)

// checked returns a package with that path and source.
func checked(t *testing.T, path, src string) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "a.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := new(types.Config).Check(path, fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// TestUnasked checks which changes of memory importers are not told of.
func TestUnasked(t *testing.T) {
	pkg := checked(t, "example.com/yaml.v3", `package yaml; type T struct{ open, asked int; Open int }; var Config struct{ Debug bool }`)
	l := &lent{api: newAPI(pkg), asked: names{"example.com/yaml.v3.T.asked": true}}
	for class, want := range map[string]bool{
		"example.com/yaml.v3.T.open":    true,
		"example.com/yaml.v3.T.asked":   false,
		"[]example.com/yaml.v3.T.asked": false,
		"example.com/yaml.v3.T.Open":    false,
		"example.com/yaml.v3.hidden":    true,
		"example.com/other.T.Open":      true,
		".Debug":                        false,
		".other":                        true,
		path.ClosedClass:                false,
		path.Elements:                   false,
		"*":                             false,
	} {
		if got := l.unasked(class); got != want {
			t.Errorf("%s: have %t, want %t", class, got, want)
		}
	}
}
