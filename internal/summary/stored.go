package summary

import (
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Stored says that a function calls what is stored in an object, or in a
// package-level variable, while it holds locks of it or of its package. Who
// stores something there answers for what it does. Paths are in terms of the
// object, as parameter 0, and of package-level variables.
type Stored struct {
	Value  *path.Node   // what is called; it is left open which elements are meant
	Method string       // the method that is called, by its key; "" for a function value
	Args   []*path.Node // the receiver of a method first; nil where the terms do not tell
	Held   []Held
	Call   Step // the call
}

// Slot names the place of the cell or content n within the object at its root:
// the fields on the way, and whether it is an element. It is empty where n is
// the object itself.
func Slot(n *path.Node) string {
	var steps []string
	for ; n.Parent != nil; n = n.Parent {
		switch n.Kind {
		case path.Field:
			steps = append(steps, "."+n.Name)
		case path.Elem, path.Index, path.Lookup:
			steps = append(steps, "[]")
		case path.Deref, path.Part:
		default:
			return ""
		}
	}
	slices.Reverse(steps)
	return strings.Join(slices.Compact(steps), "")
}

// EncodeStored returns list, of a type or the variables of package pkg, in the
// form of facts.
func EncodeStored(list []Stored, pkg string) []byte {
	a := newWriter(pkg)
	a.stored(&list)
	return a.data
}

// DecodeStored returns the list that was encoded as data for package pkg, its
// paths in table t; nil if data is none.
func DecodeStored(t *path.Table, data []byte, pkg string) []Stored {
	var list []Stored
	a := newReader(t, pkg, data)
	if a.stored(&list); a.err != nil {
		return nil
	}
	return list
}

func (a *archive) stored(list *[]Stored) {
	sequence(a, list, func(a *archive, s *Stored) {
		a.node(&s.Value)
		a.string(&s.Method)
		a.paths(&s.Args)
		sequence(a, &s.Held, (*archive).held)
		a.step(&s.Call)
	})
}
