package path

import (
	"iter"
	"strconv"
	"strings"
)

// Verb returns whether package fmt, given the format, calls the method of
// operand k; it is decided where the format is a constant.
func (t *Table) Verb(format, k *Node, method string) *Node {
	if text, i, ok := formats(format, k); ok {
		return t.Const(strconv.FormatBool(callsMethod(text, i, method)))
	}
	return t.intern(Parts{Kind: Verb, Parent: format, Key: k, Name: method})
}

// VerbOf returns the verb, a rune, by which package fmt formats operand k. It is
// unknown where there are several.
func (t *Table) VerbOf(format, k *Node) *Node {
	text, i, ok := formats(format, k)
	if !ok {
		return t.intern(Parts{Kind: Verb, Parent: format, Key: k})
	}
	verb := byte(0)
	for d := range directives(text, i) {
		if verb != 0 && verb != d.verb {
			return t.unknown
		}
		verb = d.verb
	}
	return t.Const(strconv.Itoa(int(verb)))
}

// formats returns what the constants format and k say.
func formats(format, k *Node) (text string, operand int, ok bool) {
	if format.Kind != Const || k.Kind != Const {
		return "", 0, false
	}
	text, err := strconv.Unquote(format.Name)
	operand, err2 := strconv.Atoi(k.Name)
	return text, operand, err == nil && err2 == nil
}

// callsMethod reports whether some verb of format calls the method of operand i.
func callsMethod(format string, i int, method string) bool {
	for d := range directives(format, i) {
		if verbCalls(d.verb, d.sharp, method) {
			return true
		}
	}
	return false
}

// A formatting is a verb, with or without the flag #.
type formatting struct {
	verb  byte
	sharp bool
}

// directives yields how format has operand i formatted. One without a verb is
// printed as by %v.
func directives(format string, i int) iter.Seq[formatting] {
	return func(yield func(formatting) bool) {
		operand, used := 0, false
		for {
			_, rest, ok := strings.Cut(format, "%")
			if !ok {
				break
			}
			var d formatting
			d.verb, d.sharp, operand, format = directive(rest, operand)
			if d.verb == '%' || d.verb == 0 {
				continue
			}
			if operand == i {
				used = true
				if !yield(d) {
					return
				}
			}
			operand++
		}
		if !used {
			yield(formatting{verb: 'v'})
		}
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
