package summary

import (
	"go/token"
	"testing"

	"github.com/lockreentry/lockreentry/internal/path"
)

func TestOutOfRange(t *testing.T) {
	tab := path.NewTable()
	p := tab.Param(0)
	is := func(c string) Literal { return Is(p, c) }
	more := func(c string) Literal { return Is(tab.Binary(token.GTR, p, tab.Const(c)), "true") }
	less := func(c string) Literal { return Is(tab.Binary(token.LSS, p, tab.Const(c)), "true") }
	tests := []struct {
		name  string
		known []Literal
		l     Literal
		want  bool
	}{
		{"nothing known", nil, more("1"), false},
		{"equal, and more", []Literal{is("3")}, more("1"), false},
		{"equal, and not more", []Literal{is("1")}, more("1"), true},
		{"equal, and not less", []Literal{is("-1")}, less("0").Not(), true},
		{"less, and equal to more", []Literal{less("1")}, is("3"), true},
		{"less, and not equal to more", []Literal{less("1")}, is("3").Not(), false},
		{"less, and maybe equal", []Literal{less("1")}, is("0"), false},
		{"at most 1, and at least 2", []Literal{more("1").Not()}, less("2").Not(), true},
		{"more than 1, and less than 2", []Literal{more("1")}, less("2"), true},
		{"more than 3, and more than 1", []Literal{more("3")}, more("1"), false},
		{"more than 1, and more than 3", []Literal{more("1")}, more("3"), false},
		{"0 or 1, and neither", []Literal{more("-1"), less("2"), is("0").Not()}, is("1").Not(), true},
		{"too large to have neighbours", []Literal{is("9223372036854775807")}, more("1"), false},
		{"not a number", []Literal{is("nil")}, more("1"), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var g Guard
			for _, l := range tt.known {
				g, _ = g.And(l)
			}
			if _, ok := g.And(tt.l); ok == tt.want {
				t.Errorf("%v and %v: excluded is %t, want %t", g, tt.l, !ok, tt.want)
			}
		})
	}
}
