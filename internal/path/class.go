package path

import (
	"go/types"
	"strconv"

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
	if n.classes == nil {
		n.classes = &classes{class: n.findClass()}
		if n.classes.class == "" {
			n.classes = noClass
		}
	}
	return n.classes.class
}

// OwnClass names the cells of the object at the root of n, and no others.
func (n *Node) OwnClass() string {
	root := n.Root()
	if root.classes == nil || root.classes.own == "" {
		root.classes = &classes{class: root.Class(), own: "#" + strconv.Itoa(root.ID())}
	}
	return root.classes.own
}

// classes are names of memory cells. Most nodes are never asked for theirs, or
// have none.
type classes struct{ class, own string }

var noClass = new(classes)

func (n *Node) findClass() string {
	switch n.Kind {
	case Field:
		return n.Owner + "." + n.Name
	case Global:
		return n.Name
	case Index, Lookup, Elem, Every:
		return Elements + n.Parent.containerClass()
	case Free, Param, Value, Capture:
		return "" // a cell of its own
	}
	return ""
}

func (n *Node) containerClass() string {
	for n.Kind == Deref || n.Kind == Part {
		n = n.Parent
	}
	return n.Class()
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
