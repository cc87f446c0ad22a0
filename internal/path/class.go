package path

import (
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Cells of memory that one store may change without it being known which have a class
// in common: a field of a struct type, a variable, the elements of a container.

// Elements starts the name of the class of the elements of a container; alone it is that
// of containers of which nothing is known.
const Elements = "[]"

// Class names the memory cells that a store to the address n may change:
// a field of a struct type, a variable, the elements of containers.
// It is empty where the address is not understood.
func (n *Node) Class() string {
	depth := 0
	for n.Kind == Index || n.Kind == Lookup || n.Kind == Elem || n.Kind == Every {
		depth++
		for n = n.Parent; n.Kind == Deref || n.Kind == Part; {
			n = n.Parent
		}
	}
	if n.Kind != Field && n.Kind != Global {
		return strings.Repeat(Elements, depth) // a cell of its own, or elements of no one knows what
	}
	return n.Label.classAt(n.Kind, depth)
}

// classAt returns the class of the cell of that kind which l names, or of the elements
// that are so deep in it.
func (l *Label) classAt(kind Kind, depth int) string {
	if l.class == "" {
		l.class = l.Name
		if kind == Field {
			l.class = l.Owner + "." + l.Name
		}
	}
	if depth == 0 {
		return l.class
	}
	for len(l.within) < depth {
		l.within = append(l.within, strings.Repeat(Elements, len(l.within)+1)+l.class)
	}
	return l.within[depth-1]
}

// OwnClass names the cells of the object at the root of n, and no others.
func (n *Node) OwnClass() string {
	root := n.Root()
	if root.own == "" {
		root.Extra = &Extra{Args: root.Args, own: "#" + strconv.Itoa(root.ID())}
	}
	return root.own
}

// ClassAt returns the class of the cells at addr by what that says itself, as
// [Node.Class] names it.
func ClassAt(addr ssa.Value) string {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		t := pointee(addr.X.Type())
		return OwnerName(t) + "." + t.Underlying().(*types.Struct).Field(addr.Field).Name()
	case *ssa.IndexAddr:
		return ElementClass(addr.X)
	case *ssa.Global:
		return addr.Pkg.Pkg.Path() + "." + addr.Name()
	}
	return ""
}

// ElementClass returns the class of the elements of the container c.
func ElementClass(c ssa.Value) string {
	for {
		switch v := c.(type) {
		case *ssa.Slice:
			c = v.X
			continue
		case *ssa.UnOp:
			return Elements + ClassAt(v.X)
		}
		return Elements + ClassAt(c) // an array, or one of which nothing is known
	}
}
