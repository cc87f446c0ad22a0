package lockset

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A loop that goes from node to node of a linked container comes to some element
// of it. Callers are told which container that is, as they are of a slice.

// reached returns the element of a container that the φ n is: where a loop
// starts at some node and goes on by links, "some node that the first one leads
// to". It is nil if n is something else.
func (x *executor) reached(n *path.Node) *path.Node {
	phi, ok := n.Site.(*ssa.Phi)
	if !ok || n.Kind != path.Value || phi.Parent() != x.fn {
		return nil
	}
	var first *path.Node
	follows := false
	for _, e := range phi.Edges {
		p := x.basic(&state{}, e)
		switch {
		case p == n:
		case p.HasPrefix(n):
			if !areLinks(p, n, path.OwnerName(phi.Type())) {
				return nil
			}
			follows = true
		case first == nil && p.Visible() && p.Kind == path.Deref:
			first = p
		default:
			return nil
		}
	}
	if !follows || first == nil {
		return nil
	}
	return x.table.Elem(first, nil)
}

// areLinks reports whether p leads from the object n to others by fields of the
// named type alone.
func areLinks(p, n *path.Node, owner string) bool {
	for ; p != n; p = p.Parent {
		switch {
		case p.Kind == path.Field && p.Owner == owner, p.Kind == path.Deref && p.Site == nil:
		case p.Kind == path.Elem:
		default:
			return false
		}
	}
	return owner != ""
}

// mergeReached returns what a and b both are where they are the same field of
// two nodes of one container: that of some node. It is nil if they are not.
func mergeReached(t *path.Table, a, b *path.Node) *path.Node {
	p, q := a, b
	var field *path.Node
	for p.Kind == q.Kind && p.Name == q.Name && p.Owner == q.Owner && p.Key == q.Key && p.Site == q.Site && p.Index == q.Index && p.Parent != nil && q.Parent != nil {
		if p.Kind == path.Field {
			field = p
		}
		if p, q = p.Parent, q.Parent; field != nil {
			break
		}
	}
	if field == nil {
		return nil
	}
	for first := p; first != nil; first = first.Parent {
		if first.Kind == path.Elem || !q.HasPrefix(first) {
			continue
		}
		if first.Kind == path.Deref && areLinks(p, first, field.Owner) && areLinks(q, first, field.Owner) {
			return t.Replace(a, p, t.Elem(first, nil))
		}
		return nil
	}
	return nil
}
