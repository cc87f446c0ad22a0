package summary

import "github.com/lockreentry/lockreentry/internal/path"

// Bound returns the summary of a method value whose method has summary s: the
// receiver is its captured variable.
func (s *Summary) Bound(t *path.Table) *Summary {
	if s == nil {
		return nil
	}
	sub := &path.Substitution{Table: t, Root: func(n *path.Node) *path.Node {
		switch {
		case n.Kind != path.Param:
			return nil
		case n.Index == 0:
			return t.Free(0)
		}
		return t.Param(n.Index - 1)
	}}
	return s.rebase(sub.Apply)
}

// rebase returns s with every path rewritten by f.
func (s *Summary) rebase(f func(*path.Node) *path.Node) *Summary {
	r := &Summary{Unsure: s.Unsure, Literals: s.Literals}
	for _, a := range s.Acquires {
		a = a.rebase(f)
		r.Acquires = append(r.Acquires, a)
	}
	for _, p := range s.Pairs {
		p.Held.Path, p.Taken = f(p.Held.Path), p.Taken.rebase(f)
		r.Pairs = append(r.Pairs, p)
	}
	for _, e := range s.Exits {
		e.Guard, e.Held, e.Released, e.Results = e.Guard.rebase(f), rebaseHeld(e.Held, f), rebase(e.Released, f), rebase(e.Results, f)
		e.Later = rebase(e.Later, f)
		var stores []Store
		for _, st := range e.Stores {
			stores = append(stores, Store{f(st.Addr), f(st.Val)})
		}
		e.Stores = stores
		r.Exits = append(r.Exits, e)
	}
	for _, e := range s.Panics {
		r.Panics = append(r.Panics, Exit{Guard: e.Guard.rebase(f), Held: rebaseHeld(e.Held, f)})
	}
	for _, c := range s.Calls {
		c.Fn, c.Args, c.Held, c.Released, c.Guard = f(c.Fn), rebase(c.Args, f), rebaseHeld(c.Held, f), rebase(c.Released, f), c.Guard.rebase(f)
		c.After = rebase(c.After, f)
		r.Calls = append(r.Calls, c)
	}
	r.Lost, r.Kept = rebase(s.Lost, f), rebase(s.Kept, f)
	return r
}

func (a Acquire) rebase(f func(*path.Node) *path.Node) Acquire {
	a.Path, a.Guard, a.After = f(a.Path), a.Guard.rebase(f), rebase(a.After, f)
	return a
}

func (g Guard) rebase(f func(*path.Node) *path.Node) Guard {
	h, _ := g.Map(f)
	return h
}

func rebaseHeld(list []Held, f func(*path.Node) *path.Node) []Held {
	var out []Held
	for _, h := range list {
		h.Path = f(h.Path)
		out = append(out, h)
	}
	return out
}

func rebase(list []*path.Node, f func(*path.Node) *path.Node) []*path.Node {
	var out []*path.Node
	for _, n := range list {
		out = append(out, f(n))
	}
	return out
}
