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
	owner := x
	if r.shared {
		owner += "." + names(r.own)
	}
	if to, captured := r.split(); captured != nil {
		return r.captured(x, owner, to, captured)
	}
	if len(r.back) == 0 {
		return fmt.Sprintf("every %s in %s.%s is %s", typeWord(r.owner), x, r.field, owner)
	}
	if r.contained() {
		return fmt.Sprintf("every %s in %s.%s has %s == %s", typeWord(r.back[0].Owner), x, r.field, names(r.back), owner)
	}
	return fmt.Sprintf("%s.%s.%s == %s", x, r.field, names(r.back), owner)
}

// split returns the steps of the back path to a function that captured something, and
// those from what it captured; captured is nil if there is no function on the way.
func (r *rule) split() (to, captured []*path.Node) {
	for i, n := range r.back {
		if n.Kind == path.Capture {
			return r.back[:i], r.back[i:]
		}
	}
	return r.back, nil
}

// captured words a rule about the functions that the steps to lead to from what x has: what
// they captured is the owner, or has it.
func (r *rule) captured(x, owner string, to, captured []*path.Node) string {
	which := "the function"
	if r.contained() {
		which = "every function"
	}
	if has := names(captured); has != "" {
		owner = "an object with " + has + " == " + owner
	}
	field := r.field
	if further := names(to); further != "" {
		field += "." + further
	}
	return fmt.Sprintf("%s in %s.%s captured %s", which, x, field, owner)
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
