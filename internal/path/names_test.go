package path

import (
	"go/types"
	"testing"
)

// TestIsOwner checks that a type is told by its name as by the name that is made.
func TestIsOwner(t *testing.T) {
	pkg := types.NewPackage("example.com/a.b", "b")
	named := func(pkg *types.Package, name string) types.Type {
		return types.NewNamed(types.NewTypeName(0, pkg, name, nil), types.NewStruct(nil, nil), nil)
	}
	list := []types.Type{
		named(pkg, "T"), types.NewPointer(named(pkg, "T")), named(pkg, "b.T"), named(types.NewPackage("example.com/a", "a"), "T"),
		named(types.NewPackage("T", "T"), "T"), types.Universe.Lookup("error").Type(), types.Typ[types.Int], types.NewSlice(named(pkg, "T")),
	}
	names := []string{"", "T", ".T", "error", "example.com/a.b", "example.com/a.b.T", "xexample.com/a.b.T", "example.com/a.T", "T.T"}
	for _, typ := range list {
		for _, name := range names {
			if got, want := IsOwner(typ, name), OwnerName(typ) == name; got != want {
				t.Errorf("IsOwner(%s, %q) = %v, want %v", typ, name, got, want)
			}
		}
	}
}
