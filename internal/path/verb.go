package path

import (
	"strconv"
	"strings"
)

// Verb returns whether package fmt, given the format, calls the method of
// operand k; it is decided where the format is a constant.
func (t *Table) Verb(format, k *Node, method string) *Node {
	if format.Kind == Const && k.Kind == Const {
		text, err := strconv.Unquote(format.Name)
		i, err2 := strconv.Atoi(k.Name)
		if err == nil && err2 == nil {
			return t.Const(strconv.FormatBool(callsMethod(text, i, method)))
		}
	}
	return t.intern(Node{Kind: Verb, Parent: format, Key: k, Name: method})
}

// callsMethod reports whether some verb of format calls the method of operand
// i. An operand without a verb is printed as by %v.
func callsMethod(format string, i int, method string) bool {
	operand, used, calls := 0, false, false
	for {
		_, rest, ok := strings.Cut(format, "%")
		if !ok {
			return calls || !used && method != "GoString"
		}
		verb, sharp := byte(0), false
		verb, sharp, operand, format = directive(rest, operand)
		if verb == '%' || verb == 0 {
			continue
		}
		if operand == i {
			used = true
			calls = calls || verbCalls(verb, sharp, method)
		}
		operand++
	}
}

func verbCalls(verb byte, sharp bool, method string) bool {
	switch method {
	case "Format":
		return verb != 'T' && verb != 'p'
	case "GoString":
		return verb == 'v' && sharp
	}
	return strings.IndexByte("vsxXqw", verb) >= 0 && !(sharp && verb == 'v')
}

// directive parses what follows a %: the verb, whether it has the flag #, the
// operand that it is about, and what follows it.
func directive(s string, operand int) (verb byte, sharp bool, about int, rest string) {
	for s != "" {
		c := s[0]
		s = s[1:]
		switch {
		case strings.IndexByte("+- .0123456789", c) >= 0:
		case c == '#':
			sharp = true
		case c == '*':
			operand++
		case c == '[':
			index, after, ok := strings.Cut(s, "]")
			if n, err := strconv.Atoi(index); ok && err == nil {
				operand, s = n-1, after
			}
		default:
			return c, sharp, operand, s
		}
	}
	return 0, sharp, operand, ""
}
