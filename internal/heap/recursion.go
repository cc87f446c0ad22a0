package heap

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A function that calls itself stores again what it stores: to objects that it makes
// then, which the same code connects, or to those that it has stored to already.

// repeat is a call of the function itself.
type repeat struct {
	sub *path.Substitution
	at  ssa.Instruction
}

// recur adds what the function stores in the calls of itself. If that is something else
// than what it stores itself, and to objects of its callers, there is no end to it.
func (s *scope) recur() {
	if len(s.repeats) == 0 || len(s.stores) == 0 {
		return
	}
	own := s.effects
	known := map[Store]bool{}
	for _, st := range own.Stores {
		known[s.withoutNew(st)] = true
	}
	made := &path.Substitution{Table: s.h.Table, Root: s.freshRoots}
	if len(own.Calls) > 0 || len(s.stores)+len(s.repeats)*len(own.Stores) > maxStores {
		s.incomplete = true
		s.tell()
		return
	}
	endless := false
	for _, r := range s.repeats {
		s.at = r.at
		for _, st := range own.Stores {
			st = s.general(Store{s.normalAddr(r.sub.Apply(made.Apply(st.Addr))), r.sub.Apply(made.Apply(st.Val))})
			endless = endless || (open(st.Addr) || open(st.Val)) && !known[s.withoutNew(st)]
			s.add(st.Addr, st.Val)
		}
	}
	s.endless = endless && !s.incomplete
	s.incomplete = s.incomplete || endless
	s.tell()
}

// complete reports whether s knows of all that is put into a container made there, or the
// rest is checked where it is put: calls of the function itself store what that stores, for
// other owners.
func (p *proof) complete(s *scope) bool {
	return !s.incomplete || s.endless && !slices.ContainsFunc(s.effects.Stores, func(st Store) bool {
		elsewhere := st.Addr.Kind == path.Field && !p.isRoad(st.Addr)
		return p.owner(st.Addr) == nil && !elsewhere && !p.unrelated(s, st.Val)
	})
}

// withoutNew returns st with all new objects as one.
func (s *scope) withoutNew(st Store) Store {
	t := s.h.Table
	sub := &path.Substitution{Table: t, Root: func(n *path.Node) *path.Node {
		if freshlyMade(n) {
			return t.Fresh(0)
		}
		return nil
	}}
	return Store{sub.Apply(t.AnyElement(st.Addr)), sub.Apply(t.AnyElement(st.Val))}
}
