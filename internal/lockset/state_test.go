package lockset

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// pool has the paths that drawn states speak of.
type pool struct {
	t                          *path.Table
	locks, cells, values, vars []*path.Node
}

func newPool() *pool {
	t := path.NewTable()
	p := &pool{t: t}
	field := func(x *path.Node, name string) *path.Node { return t.FieldNamed(x, "pkg.T", name) }
	for i := range 2 {
		x := t.Param(i)
		p.locks = append(p.locks, field(x, "mu"), t.RLocker(field(x, "rw")))
		p.cells = append(p.cells, field(x, "f"), field(x, "g"), t.Index(x, t.Const("1")), t.Index(x, t.Param(3)), field(t.Deref(field(x, "f"), nil), "g"))
		p.values = append(p.values, x, t.Deref(field(x, "f"), nil), t.Const("1"))
	}
	p.locks = append(p.locks, t.GlobalNamed("pkg.mu"))
	p.cells = append(p.cells, t.GlobalNamed("pkg.v"), t.Free(0))
	p.values = append(p.values, t.Unknown(), t.Const("nil"))
	p.vars = []*path.Node{t.Param(4), t.Param(5), t.Param(6)}
	return p
}

// drawLocks does some operations on locks.
func (p *pool) drawLocks(t *rapid.T, s *state) *state {
	for range rapid.IntRange(0, 4).Draw(t, "locks") {
		mu := rapid.SampledFrom(p.locks).Draw(t, "lock")
		if rapid.Bool().Draw(t, "release") {
			s = s.release(mu, mayAlias)
		} else {
			s = s.hold(mu, lock.Mode(rapid.IntRange(0, 1).Draw(t, "mode")), nil)
		}
	}
	return s
}

// drawRest does some operations on the other parts.
func (p *pool) drawRest(t *rapid.T, s *state) *state {
	for range rapid.IntRange(0, 6).Draw(t, "rest") {
		cell := rapid.SampledFrom(p.cells).Draw(t, "cell")
		value := rapid.SampledFrom(p.values).Draw(t, "value")
		switch rapid.IntRange(0, 4).Draw(t, "op") {
		case 0:
			s = s.store(cell, value)
		case 1:
			s = s.clobber(cellClass(cell))
		case 2:
			_, s = s.load(p.t, cell, p)
		case 3:
			n := *s
			n.env = n.env.set(rapid.SampledFrom(p.vars).Draw(t, "var"), value)
			s = &n
		case 4:
			l := summary.Literal{Path: rapid.SampledFrom(p.vars).Draw(t, "var"), Const: "true", Neg: rapid.Bool().Draw(t, "neg")}
			if g, ok := s.cond.And(l); ok {
				n := *s
				n.cond = g
				s = &n
			}
		}
	}
	return s
}

// drawAlike draws states that agree on locks.
func (p *pool) drawAlike(t *rapid.T, n int) []*state {
	base := p.drawRest(t, p.drawLocks(t, &state{}))
	var out []*state
	for range n {
		out = append(out, p.drawRest(t, base))
	}
	return out
}

func (s *state) equal(t *state) bool {
	return s.sameLocks(t) && slices.Equal(s.cond, t.cond) && s.sameMemory(t, false)
}

// describe renders s for the failures of tests.
func (s *state) describe() string {
	var b strings.Builder
	for _, l := range s.locks {
		b.WriteString(l.path.String())
		switch {
		case l.held:
			b.WriteString(" held for " + l.mode.String())
		case l.released:
			b.WriteString(" released")
		}
		b.WriteString("; ")
	}
	b.WriteString("if " + s.cond.String())
	for _, a := range []assoc{s.env, s.mem} {
		b.WriteString("; ")
		for _, e := range a {
			b.WriteString(e.key.String() + "=" + e.val.String() + " ")
		}
	}
	return b.String() + "; dirty " + strings.Join(s.dirty, " ")
}

// TestMerge checks the laws of merging states with the same locks: it is
// idempotent and commutative, and what it gives stands for the paths of both.
func TestMerge(t *testing.T) {
	p := newPool()
	rapid.Check(t, func(t *rapid.T) {
		states := p.drawAlike(t, 3)
		a, b, c := states[0], states[1], states[2]
		ab := a.merge(b)
		if !a.merge(a).equal(a) {
			t.Fatalf("merging a state with itself:\n%s\n%s", a.describe(), a.merge(a).describe())
		}
		if ba := b.merge(a); !ab.equal(ba) {
			t.Fatalf("the order of merging matters:\n%s\n%s", ab.describe(), ba.describe())
		}
		for _, s := range []*state{a, b} {
			if !ab.subsumes(s) {
				t.Fatalf("the merged state lacks one of its parts:\n%s\n%s", ab.describe(), s.describe())
			}
		}
		if again := ab.merge(b); !again.equal(ab) {
			t.Fatalf("merging twice:\n%s\n%s", ab.describe(), again.describe())
		}
		if left, right := ab.merge(c), a.merge(b.merge(c)); !left.subsumes(right) || !right.subsumes(left) {
			t.Fatalf("the grouping of merging matters:\n%s\n%s", left.describe(), right.describe())
		}
	})
}

// TestSubsumes checks that subsumption is an order, and that it agrees with
// merging.
func TestSubsumes(t *testing.T) {
	p := newPool()
	rapid.Check(t, func(t *rapid.T) {
		states := p.drawAlike(t, 3)
		a, b, c := states[0], states[1], states[2]
		if !a.subsumes(a) {
			t.Fatalf("not reflexive: %s", a.describe())
		}
		b = b.merge(a)
		c = c.merge(b)
		if !c.subsumes(a) {
			t.Fatalf("not transitive:\n%s\n%s\n%s", a.describe(), b.describe(), c.describe())
		}
		if a.subsumes(states[1]) && !a.merge(states[1]).equal(a) {
			t.Fatalf("merging adds to a state that subsumes the other:\n%s\n%s", a.describe(), states[1].describe())
		}
	})
}

// TestJoin checks that joining, which must lose nothing, gives a state for
// the paths of both.
func TestJoin(t *testing.T) {
	p := newPool()
	rapid.Check(t, func(t *rapid.T) {
		states := p.drawAlike(t, 2)
		a, b := states[0], states[1]
		j, ok := a.join(b)
		if _, back := b.join(a); back != ok {
			t.Fatalf("joining depends on the order:\n%s\n%s", a.describe(), b.describe())
		}
		if ok && (!j.subsumes(a) || !j.subsumes(b)) {
			t.Fatalf("joined state lacks one of its parts:\n%s\n%s\n%s", a.describe(), b.describe(), j.describe())
		}
		if ok && !a.merge(b).subsumes(j) {
			t.Fatalf("joining loses more than merging:\n%s\n%s", a.describe(), b.describe())
		}
	})
}

// TestDifferentLocks checks that states with different locks are kept apart.
func TestDifferentLocks(t *testing.T) {
	p := newPool()
	rapid.Check(t, func(t *rapid.T) {
		a, b := p.drawLocks(t, &state{}), p.drawLocks(t, &state{})
		if a.sameLocks(b) {
			return
		}
		if a.subsumes(b) || b.subsumes(a) {
			t.Fatalf("one subsumes the other:\n%s\n%s", a.describe(), b.describe())
		}
		if _, ok := a.join(b); ok {
			t.Fatalf("they join:\n%s\n%s", a.describe(), b.describe())
		}
	})
}

// TestLockCycle checks the typestate of a lock through operations that
// the function does in any order.
func TestLockCycle(t *testing.T) {
	p := newPool()
	mu, other := p.locks[0], p.locks[len(p.locks)-1]
	for _, test := range []struct {
		ops  string // l lock, u unlock, o lock another one
		want string
	}{
		{"", ""},
		{"l", "p0.mu held for write; "},
		{"lu", ""},
		{"u", "p0.mu released; "},
		{"ul", "p0.mu held for write; "}, // and released: the caller's hold was given up
		{"ulu", "p0.mu released; "},
		{"ululu", "p0.mu released; "},
		{"lol", "p0.mu held for write; pkg.mu held for write; "},
		{"lou", "pkg.mu held for write; "},
	} {
		s := &state{}
		for _, op := range test.ops {
			switch op {
			case 'l':
				s = s.hold(mu, lock.Write, nil)
			case 'u':
				s = s.release(mu, mayAlias)
			case 'o':
				s = s.hold(other, lock.Write, nil)
			}
		}
		if got := strings.TrimSuffix(s.describe(), "if ; ; ; dirty "); got != test.want {
			t.Errorf("%q: got %q, want %q", test.ops, got, test.want)
		}
		if l := s.lock(mu); test.ops == "ul" && !l.released {
			t.Errorf("%q: the lock is taken for one that the caller did not hold", test.ops)
		}
	}
}
