package heap

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// How rules are worded in messages.

// text words the rule for the object at start in function fn; nobody reads it if that
// is nil.
func (r *rule) text(fn *ssa.Function, start *path.Node) string {
	if fn == nil {
		return ""
	}
	x := name(fn, start)
	to := x
	if r.shared {
		to += "." + names(r.own)
	}
	if r.back[0].Kind == path.Capture {
		return r.captured(x, to)
	}
	if r.contained() {
		return fmt.Sprintf("every %s in %s.%s has %s == %s", typeWord(r.back[0].Owner), x, r.field, names(r.back), to)
	}
	return fmt.Sprintf("%s.%s.%s == %s", x, r.field, names(r.back), to)
}

// captured words a rule about functions: what they captured is the owner x, or has it.
func (r *rule) captured(x, to string) string {
	which := "the function"
	if r.contained() {
		which = "every function"
	}
	if has := names(r.back); has != "" {
		to = "an object with " + has + " == " + to
	}
	return fmt.Sprintf("%s in %s.%s captured %s", which, x, r.field, to)
}

// names joins the names of the fields among the steps.
func names(steps []*path.Node) string {
	var out []string
	for _, n := range steps {
		if n.Kind == path.Field {
			out = append(out, n.Name)
		}
	}
	return strings.Join(out, ".")
}

// typeWord returns the name of a qualified type in lower case.
func typeWord(owner string) string {
	name := owner[strings.LastIndexByte(owner, '.')+1:]
	r, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(r)) + name[n:]
}

// name renders the object n as the source of fn would write it, or by its
// type where it has no name.
func name(fn *ssa.Function, n *path.Node) string {
	if class(n) == path.Elem {
		return name(fn, n.Parent) // what is put into a container
	}
	if s, ok := n.NameIn(fn); ok {
		return s
	}
	if t := n.Type(); t != nil {
		if o := path.OwnerName(t); o != "" {
			return "the " + typeWord(o)
		}
	}
	return "an object"
}
