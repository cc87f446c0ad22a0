package summary

import "github.com/lockreentry/lockreentry/internal/path"

// Literals about choices are literals about what is chosen, as far as it is known what is.

// cases returns the literal that tells what the choice of l is, and what l says of what
// is chosen if that holds, and if not.
func (l Literal) cases() (test, yes, no Literal) {
	args := l.Path.Args
	of := func(p *path.Node) Literal { return Literal{p, l.Const, l.Neg}.simplify() }
	return Is(args[0], "true"), of(args[1]), of(args[2])
}

// decides decides l, which is about a choice, under g.
func (g Guard) decides(l Literal) Truth {
	test, yes, no := l.cases()
	switch g.Implies(test) {
	case True:
		return g.Implies(yes)
	case False:
		return g.Implies(no)
	}
	if y := g.Implies(yes); y == g.Implies(no) {
		return y
	}
	return Unsure
}

// chosen returns what l, which is about a choice, comes to if what it says is possible
// under g for only one of what is chosen: the test of the choice, and what l says of that.
func (g Guard) chosen(l Literal) (test, of Literal, ok bool) {
	test, yes, no := l.cases()
	switch {
	case g.Implies(yes) == False:
		return test.Not(), no, true
	case g.Implies(no) == False:
		return test, yes, true
	}
	return Literal{}, Literal{}, false
}

// choosesOtherwise reports whether what g says of a choice is not so by the rest of g.
func (g Guard) choosesOtherwise() bool {
	for _, l := range g {
		if l.Path.Kind == path.Choice && g.decides(l) == False {
			return true
		}
	}
	return false
}
