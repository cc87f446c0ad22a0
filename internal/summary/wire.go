package summary

import (
	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/path"
)

// Encode returns s, the summary of a function of package pkg, in the form of
// facts: without positions, and always the same bytes for the same summary.
func Encode(s *Summary, pkg string) []byte {
	a := newWriter(pkg)
	a.summary(s)
	return a.data
}

// Decode returns the summary that was encoded as data for package pkg, its
// paths in table t; nil if data is not an encoded summary.
func Decode(t *path.Table, data []byte, pkg string) *Summary {
	a, s := newReader(t, pkg, data), &Summary{}
	if a.summary(s); a.err != nil {
		return nil
	}
	return s
}

// EncodeEffects returns what a function of package pkg does to the heap in the
// form of facts.
func EncodeEffects(e *heap.Effects, pkg string) []byte {
	a := newWriter(pkg)
	a.effects(e)
	return a.data
}

// DecodeEffects returns the effects that were encoded as data for package pkg,
// their paths in table t; nil if data is not encoded effects.
func DecodeEffects(t *path.Table, data []byte, pkg string) *heap.Effects {
	a, e := newReader(t, pkg, data), &heap.Effects{}
	if a.effects(e); a.err != nil {
		return nil
	}
	return e
}

func (a *archive) effects(e *heap.Effects) {
	sequence(a, &e.Stores, func(a *archive, st *heap.Store) {
		a.node(&st.Addr)
		a.node(&st.Val)
	})
	a.paths(&e.Results)
	sequence(a, &e.Calls, func(a *archive, c *heap.Call) {
		a.node(&c.Fn)
		a.string(&c.Method)
		a.paths(&c.Args)
	})
	sequence(a, &e.Literals, func(a *archive, l *heap.Literal) {
		a.string(&l.Name)
		a.node(&l.Of)
		if a.reading {
			l.Effects = &heap.Effects{}
		}
		a.effects(l.Effects)
	})
}

func (a *archive) summary(s *Summary) {
	a.bool(&s.Unsure)
	sequence(a, &s.Acquires, (*archive).acquire)
	sequence(a, &s.Pairs, func(a *archive, p *Pair) {
		a.held(&p.Held)
		a.acquire(&p.Taken)
	})
	sequence(a, &s.Exits, (*archive).exit)
	sequence(a, &s.Panics, (*archive).exit)
	sequence(a, &s.Calls, (*archive).call)
	a.paths(&s.Lost)
	a.paths(&s.Kept)
	sequence(a, &s.Literals, func(a *archive, l *FuncLiteral) {
		a.string(&l.Name)
		if a.reading {
			l.Summary = &Summary{}
		}
		a.summary(l.Summary)
	})
}

func (a *archive) acquire(q *Acquire) {
	a.node(&q.Path)
	small(a, &q.Mode)
	a.guard(&q.Guard)
	a.steps(&q.Steps)
	a.texts(&q.Rules)
	a.paths(&q.After)
}

func (a *archive) held(h *Held) {
	a.node(&h.Path)
	small(a, &h.Mode)
	a.bool(&h.Retaken)
	a.steps(&h.Steps)
}

func (a *archive) exit(x *Exit) {
	a.guard(&x.Guard)
	sequence(a, &x.Held, (*archive).held)
	a.paths(&x.Released)
	a.paths(&x.Later)
	sequence(a, &x.Stores, (*archive).store)
	a.texts(&x.Dirty)
	a.paths(&x.Results)
}

func (a *archive) call(c *Call) {
	a.node(&c.Fn)
	a.string(&c.Method)
	a.bool(&c.Parts)
	a.texts(&c.Unless)
	a.paths(&c.Args)
	sequence(a, &c.Flags, (*archive).store)
	sequence(a, &c.Held, (*archive).held)
	a.paths(&c.Released)
	a.guard(&c.Guard)
	a.steps(&c.Steps)
	a.paths(&c.After)
}

func (a *archive) store(st *Store) {
	a.node(&st.Addr)
	a.node(&st.Val)
}

// guard writes or reads the literals of *g. They are sorted by the nodes of a
// table, so that reading them into another one puts them in its order.
func (a *archive) guard(g *Guard) {
	literals := []Literal(*g)
	sequence(a, &literals, func(a *archive, l *Literal) {
		a.node(&l.Path)
		a.string(&l.Const)
		a.bool(&l.Neg)
	})
	if !a.reading {
		return
	}
	for _, l := range literals {
		if l.Path != nil {
			*g, _ = g.And(l)
		}
	}
}

func (a *archive) steps(list *[]Step) { sequence(a, list, (*archive).step) }

func (a *archive) step(s *Step) {
	a.string(&s.Func)
	a.string(&s.Text)
	a.string(&s.At)
	small(a, &s.Kind)
	a.bool(&s.Dynamic)
}
