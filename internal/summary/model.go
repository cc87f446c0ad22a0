package summary

import (
	"strconv"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
)

// maxVariadic bounds the elements of a variadic argument that a format model
// looks at.
const maxVariadic = 8

// onceDone stands for the content of a Once whose function has been called:
// Do calls nothing any more.
const onceDone = "done"

// OfModel returns the summary that the effects of a model amount to.
func OfModel(t *path.Table, effects []lock.Effect) *Summary {
	s := &Summary{}
	exit := Exit{}
	returns := true
	for _, e := range effects {
		p := t.Param(e.P)
		switch e.Op {
		case "acquire":
			s.Acquires = append(s.Acquires, Acquire{Path: p, Mode: e.Mode})
			exit.Held = append(exit.Held, Held{Path: p, Mode: e.Mode})
		case "release":
			exit.Released = append(exit.Released, p)
		case "try":
			taken := Exit{Results: []*path.Node{t.Const("true")}, Held: []Held{{Path: p, Mode: e.Mode}}}
			s.Exits = append(s.Exits, taken)
			exit.Results = []*path.Node{t.Const("false")}
		case "once":
			pending := Guard{{Path: t.Deref(p, nil), Const: onceDone, Neg: true}}
			s.Acquires = append(s.Acquires, Acquire{Path: p, Mode: lock.Once, Guard: pending})
			s.Calls = append(s.Calls, Call{Fn: t.Param(e.Q), Held: []Held{{Path: p, Mode: lock.Once}}, Guard: pending})
			exit.Stores = append(exit.Stores, Store{Addr: p, Val: t.Const(onceDone)})
		case "call":
			s.Calls = append(s.Calls, Call{Fn: p})
		case "method":
			s.Calls = append(s.Calls, Call{Fn: p, Method: e.Method, Args: []*path.Node{p}})
		case "format":
			s.Calls = append(s.Calls, formatted(t, p)...)
		case "rlocker":
			exit.Results = []*path.Node{t.RLocker(p)}
		case "same":
			exit.Results = []*path.Node{p}
		case "nonnil":
			exit.Guard, _ = exit.Guard.And(Literal{Path: t.Result(0), Const: "nil", Neg: true})
		case "noreturn":
			returns = false
		}
	}
	if returns {
		s.Exits = append(s.Exits, exit)
	}
	return s
}

// formatted returns the calls that package fmt makes on the elements of the
// variadic argument p.
func formatted(t *path.Table, p *path.Node) []Call {
	var calls []Call
	for i := range maxVariadic {
		elem := t.Deref(t.Index(p, t.Const(strconv.Itoa(i))), nil)
		for _, m := range [...]string{"Error", "String"} {
			calls = append(calls, Call{Fn: elem, Method: m, Args: []*path.Node{elem}})
		}
	}
	return calls
}
