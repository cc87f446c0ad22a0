package path

import "go/token"

// maxCases bounds the values that a choice is between.
const maxCases = 16

// Choice returns x where the boolean cond is true, else y: what a function returns that
// decides by its arguments, or the greater of two numbers. With more than a few values in
// it nothing is known of it.
func (t *Table) Choice(cond, x, y *Node) *Node {
	switch {
	case x == y && x.Kind != Unknown:
		return x
	case cond.Kind == Unknown || x.Kind == Unknown || y.Kind == Unknown:
		return t.unknown
	case cond.Kind == Const:
		if cond.Name == "true" {
			return x
		}
		return y
	case cond.Kind == Unary && cond.Name == "!":
		return t.Choice(cond.Parent, y, x)
	case x.Kind == Const && y.Kind == Const && x.Name == "true" && y.Name == "false":
		return cond
	case x.Kind == Const && y.Kind == Const && x.Name == "false" && y.Name == "true":
		return t.Not(cond)
	case cond.cases()+x.cases()+y.cases() > maxCases:
		return t.unknown
	}
	return t.compound(Parts{Kind: Choice, Args: []*Node{cond, x, y}})
}

// cases returns how many values n is one of, and how many decide which.
func (n *Node) cases() int {
	if n.Kind != Choice {
		return 1
	}
	return n.Args[0].cases() + n.Args[1].cases() + n.Args[2].cases()
}

// compared returns x op y, where x is a choice and y a constant, as a choice between the
// results; nil for others.
func (t *Table) compared(op token.Token, x, y *Node) *Node {
	if x.Kind != Choice || y.Kind != Const {
		return nil
	}
	return t.Choice(x.Args[0], t.Binary(op, x.Args[1], y), t.Binary(op, x.Args[2], y))
}

// extreme returns the one of x and y that is less than the other by op, or greater.
func (t *Table) extreme(op token.Token, x, y *Node) *Node {
	return t.Choice(t.Binary(op, x, y), x, y)
}
