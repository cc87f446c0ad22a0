package heap

import (
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
)

// tell decides what the callers of the function are told: the stores with both
// ends in what they passed or get back. What they are not told is checked in
// the function itself.
func (s *scope) tell() {
	out := s.escaping()
	e := &Effects{Results: s.inInterfaces(s.results), Calls: s.tellCalls(out), Literals: s.returned(), Incomplete: s.incomplete}
	for _, st := range s.stores {
		st = s.general(st)
		if seenOutside(st.Addr, out) && seenOutside(st.Val, out) && !slices.Contains(e.Stores, st) {
			e.Stores = append(e.Stores, st)
		}
	}
	if len(e.Stores) > maxTold {
		e.Stores, e.Incomplete = nil, true
	}
	s.effects = e
}

// seenOutside reports whether callers can name n, given the objects made here
// that reach them.
func seenOutside(n *path.Node, escaping []*path.Node) bool {
	if n.Kind == path.Const || n.Kind == path.Unknown {
		return false
	}
	return !n.Any(func(m *path.Node) bool {
		return m.IsRoot() && m.Kind != path.Closure && !slices.Contains(escaping, m) && (m.Kind == path.Value || m.Kind == path.Fresh)
	})
}

// escaping returns the objects made in the function that its callers get hold
// of: by a result, in something that they know, or in a variable; and what a
// function literal captured that is passed to a function which only they know.
func (s *scope) escaping() []*path.Node {
	var out []*path.Node
	reach := func(n *path.Node) {
		n.Any(func(m *path.Node) bool {
			if freshlyMade(m) && !slices.Contains(out, m) {
				out = append(out, m)
			}
			return false
		})
	}
	for _, r := range s.results {
		reach(r)
	}
	for _, c := range s.calls {
		for _, a := range c.Args {
			if a.Kind == path.Closure {
				reach(a)
			}
		}
	}
	for n := -1; n < len(out); {
		n = len(out)
		for _, st := range s.stores {
			root := st.Addr.Root()
			if open(st.Addr) || root.Kind == path.Global || slices.Contains(out, root) {
				reach(st.Val)
			}
		}
	}
	return out
}

// tells reports whether every caller of the function by name knows of st.
func (s *scope) tells(st Store) bool {
	return !s.missed && slices.Contains(s.effects.Stores, s.general(st))
}

// general returns st without the indices that only this function knows.
func (s *scope) general(st Store) Store {
	t := s.h.Table
	return Store{t.General(st.Addr), t.General(st.Val)}
}
