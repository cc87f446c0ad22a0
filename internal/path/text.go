package path

import (
	"strconv"
	"strings"
)

// Tests of two strings by package strings, by the word that models use.
var textTests = map[string]func(string, string) bool{
	"prefix": strings.HasPrefix, "suffix": strings.HasSuffix, "contains": strings.Contains, "fold": strings.EqualFold,
}

// Text returns whether the test of that name holds for x and y; it is decided
// where they are constants.
func (t *Table) Text(test string, x, y *Node) *Node {
	if f := textTests[test]; f != nil && x.Kind == Const && y.Kind == Const {
		a, err := strconv.Unquote(x.Name)
		b, err2 := strconv.Unquote(y.Name)
		if err == nil && err2 == nil {
			return t.Const(strconv.FormatBool(f(a, b)))
		}
	}
	return t.intern(Parts{Kind: Binary, Name: test, Parent: x, Key: y})
}

// Functions of package strings that make a text of another one, by their names.
var textFuncs = map[string]func(string) string{
	"strings.ToLower": strings.ToLower, "strings.ToUpper": strings.ToUpper, "strings.TrimSpace": strings.TrimSpace,
}

// textOf returns what fn of package strings makes of args, or nil where that is not known.
func (t *Table) textOf(fn *Node, args []*Node) *Node {
	f := textFuncs[fn.Name]
	if f == nil || len(args) != 1 || args[0].Kind != Const {
		return nil
	}
	s, err := strconv.Unquote(args[0].Name)
	if err != nil {
		return nil
	}
	return t.Const(strconv.Quote(f(s)))
}

// byteAt returns the byte at addr, if that is in a text which is constant; else nil.
func (t *Table) byteAt(addr *Node) *Node {
	if addr.Kind != Index || addr.Parent.Kind != Const {
		return nil
	}
	s, err := strconv.Unquote(addr.Parent.Name)
	i, err2 := strconv.Atoi(addr.Key.Name)
	if err != nil || err2 != nil || addr.Key.Kind != Const || i < 0 || i >= len(s) {
		return nil
	}
	return t.Const(strconv.Itoa(int(s[i])))
}
