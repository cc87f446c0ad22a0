package summary

import (
	"go/token"
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
			s.Calls = append(s.Calls, formatted(t, p, nil)...)
		case "formatf":
			s.Calls = append(s.Calls, formatted(t, p, t.Param(e.Q))...)
		case "load":
			exit.Results = []*path.Node{t.Deref(p, nil)}
		case "store":
			exit.Stores = append(exit.Stores, Store{Addr: p, Val: t.Param(e.Q)})
		case "swap":
			exit.Results = []*path.Node{t.Deref(p, nil)}
			exit.Stores = append(exit.Stores, Store{Addr: p, Val: t.Param(e.Q)})
		case "cas":
			same := Is(t.Binary(token.EQL, t.Deref(p, nil), t.Param(e.Q)), "true")
			s.Exits = append(s.Exits, Exit{
				Guard: Guard{same}, Results: []*path.Node{t.Const("true")}, Stores: []Store{{Addr: p, Val: t.Param(e.R)}},
			})
			exit.Guard, exit.Results = Guard{same.Not()}, []*path.Node{t.Const("false")}
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
// variadic argument p, by the verbs of format if there is one.
func formatted(t *path.Table, p, format *path.Node) []Call {
	var calls []Call
	for i := range maxVariadic {
		k := t.Const(strconv.Itoa(i))
		elem := t.Deref(t.Index(p, k), nil)
		var g Guard
		if format != nil {
			g = Guard{Is(t.Verb(format, k), "true")}
		}
		for _, m := range [...]string{"Error", "String"} {
			calls = append(calls, Call{Fn: elem, Method: m, Args: []*path.Node{elem}, Guard: g})
		}
	}
	return calls
}
