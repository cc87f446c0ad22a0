package analyzer

import "testing"

// TestDataTypes checks that types which lead to each other are data only if none of them
// leads to anything else, whichever is asked about first.
func TestDataTypes(t *testing.T) {
	pkg := checked(t, "a", `package a
		type List struct { next *List; text []string }
		type One struct { two *Two; f func() }
		type Two struct { one *One }
		type Lock struct { state int }
		func (*Lock) Lock() {}
		type Locked struct { n int; mu Lock }
		type Signal chan int`)
	want := map[string]bool{"List": true}
	for _, first := range pkg.Scope().Names() {
		d := dataTypes{}
		for _, name := range append([]string{first}, pkg.Scope().Names()...) {
			if got := d.is(pkg.Scope().Lookup(name).Type()); got != want[name] {
				t.Errorf("%s after %s: have %t, want %t", name, first, got, want[name])
			}
		}
	}
}
