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
	return t.intern(Node{Kind: Binary, Name: test, Parent: x, Key: y})
}
