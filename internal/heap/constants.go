package heap

import (
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Constants lists the constants that are stored in the field whose content n is, of the
// objects that are stored in the package-level variable or in the field where n finds
// its object, by the stores of this package.
func (h *Heap) Constants(n *path.Node) []*path.Node {
	if n.Kind != path.Deref || n.Parent.Kind != path.Field || n.Parent.Parent.Kind != path.Deref {
		return nil
	}
	field := n.Parent
	var all []*path.Node
	for _, e := range h.storesAt(field.Parent.Parent) {
		v := e.s.stored(h.Table.FieldOf(e.st.Val, field))
		if v != nil && v.Kind == path.Const && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}
