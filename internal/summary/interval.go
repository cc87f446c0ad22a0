package summary

import (
	"go/constant"
	"go/token"
	"math"
	"strconv"

	"github.com/lockreentry/lockreentry/internal/path"
)

// interval is a set of integers from lo to hi, both included.
type interval struct{ lo, hi int64 }

var integers = interval{math.MinInt64, math.MaxInt64}

// outOfRange reports whether no number is of the size that g and l say.
func (g Guard) outOfRange(l Literal) bool {
	n, in := l.number()
	if n == nil {
		return false
	}
	left := g.limits(n)
	if n.IsLength() {
		left.lo = max(left.lo, 0)
	}
	if left == integers {
		return false // holes alone leave something
	}
	left = in.cut(left)
	for _, m := range g {
		if o, b := m.number(); o == n && b.hole {
			left = b.cut(left)
		}
	}
	return left.lo > left.hi
}

// bound is what a literal says of a number: that it is in an interval, or,
// with hole, that it is not.
type bound struct {
	interval
	hole bool
}

// cut returns what b leaves of i. A hole inside of it is not noted.
func (b bound) cut(i interval) interval {
	switch {
	case !b.hole:
		return interval{max(i.lo, b.lo), min(i.hi, b.hi)}
	case i.lo == b.lo:
		i.lo++
	case i.hi == b.lo:
		i.hi--
	}
	return i
}

// number returns the number that l is about, and what l says of it; nil if it
// is not about one.
func (l Literal) number() (*path.Node, bound) {
	if n, op, k := l.Path.Comparison(); n != nil {
		c, ok := integer(k)
		if !ok {
			return nil, bound{}
		}
		switch {
		case op == ">" && !l.Neg:
			return n, bound{interval: interval{c + 1, math.MaxInt64}}
		case op == ">":
			return n, bound{interval: interval{math.MinInt64, c}}
		case !l.Neg:
			return n, bound{interval: interval{math.MinInt64, c - 1}}
		default:
			return n, bound{interval: interval{c, math.MaxInt64}}
		}
	}
	c, ok := integer(l.Const)
	if !ok {
		return nil, bound{}
	}
	return l.Path, bound{interval: interval{c, c}, hole: l.Neg}
}

// Negative returns the number that l says is less than 0, or nil.
func (l Literal) Negative() *path.Node {
	n, in := l.number()
	if n == nil || in.hole || in.hi >= 0 {
		return nil
	}
	return n
}

// withoutSum returns l, if it is about a sum with a constant, as one about what
// is added to the constant.
func (l Literal) withoutSum() Literal {
	if l.Path.Kind != path.Binary || l.Path.Name != "+" || l.Path.Key.Kind != path.Const {
		return l
	}
	sum, ok := integer(l.Const)
	c, ok2 := integer(l.Path.Key.Name)
	if ok && ok2 {
		l.Path, l.Const = l.Path.Parent, strconv.FormatInt(sum-c, 10)
	}
	return l
}

// Widen returns a guard that holds where g or h does: the literals that they
// share, and for numbers that both limit, the limits of either. It has a limit
// where a recursive function counts its calls.
func (g Guard) Widen(h Guard, t *path.Table) Guard {
	w := g.Meet(h)
	done := map[*path.Node]bool{}
	for _, l := range g {
		n, _ := l.number()
		if n == nil || done[n] {
			continue
		}
		done[n] = true
		a, b := g.limits(n), h.limits(n)
		if lo := min(a.lo, b.lo); lo != math.MinInt64 {
			w, _ = w.And(Is(t.Binary(token.GTR, n, t.Const(strconv.FormatInt(lo-1, 10))), "true"))
		}
		if hi := max(a.hi, b.hi); hi != math.MaxInt64 {
			w, _ = w.And(Is(t.Binary(token.LSS, n, t.Const(strconv.FormatInt(hi+1, 10))), "true"))
		}
	}
	return w
}

// AtLeast returns the least number that g allows n to be, if it limits that.
func (g Guard) AtLeast(n *path.Node) (constant.Value, bool) {
	lo := g.limits(n).lo
	return constant.MakeInt64(lo), lo != math.MinInt64
}

// limits returns the interval that g allows the number n.
func (g Guard) limits(n *path.Node) interval {
	left := integers
	for _, l := range g {
		if o, b := l.number(); o == n && !b.hole {
			left = b.cut(left)
		}
	}
	return left
}

// integer returns the value of the constant with text s, if it is an integer
// that has neighbours.
func integer(s string) (int64, bool) {
	if s == "" || s[0] != '-' && (s[0] < '0' || s[0] > '9') {
		return 0, false
	}
	c, err := strconv.ParseInt(s, 10, 64)
	return c, err == nil && c != math.MaxInt64 && c != math.MinInt64
}
