package summary

import (
	"go/token"
	"slices"
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

// onceFunc names the functions that sync.OnceFunc and its like return. They
// capture the function to call and a Once.
const onceFunc = "sync.OnceFunc$literal"

// madeOnce returns the function that sync.OnceFunc makes of fn.
func madeOnce(t *path.Table, fn *path.Node) *path.Node {
	return t.Closure(onceFunc, nil, []*path.Node{fn, t.Fresh(0)})
}

// OfLiteral returns the summary of the functions of that name which models
// return, or nil.
func OfLiteral(t *path.Table, name string) *Summary {
	if name != onceFunc {
		return nil
	}
	s := &Summary{}
	doOnce(t, s, t.Free(1), t.Free(0))
	s.Exits = []Exit{{Stores: []Store{onceIsDone(t, t.Free(1))}}}
	return s
}

// doOnce adds to s that fn is called unless the Once at address once is done.
func doOnce(t *path.Table, s *Summary, once, fn *path.Node) {
	pending := Guard{{Path: t.Deref(once, nil), Const: onceDone, Neg: true}}
	s.Acquires = append(s.Acquires, Acquire{Path: once, Mode: lock.Once, Guard: pending})
	s.Calls = append(s.Calls, Call{Fn: fn, Held: []Held{{Path: once, Mode: lock.Once}}, Guard: pending})
}

func onceIsDone(t *path.Table, once *path.Node) Store {
	return Store{Addr: once, Val: t.Const(onceDone)}
}

// OfModel returns the summary that the effects of a model amount to, or nil if
// they only add to what the body tells.
func OfModel(t *path.Table, effects []lock.Effect) *Summary {
	if !slices.ContainsFunc(effects, func(e lock.Effect) bool { return !e.Adds() }) {
		return nil
	}
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
			free := Guard{Is(t.Takable(p, e.Mode.String()), "true")}
			taken := Exit{Guard: free, Results: []*path.Node{t.Const("true")}, Held: []Held{{Path: p, Mode: e.Mode}}}
			s.Exits = append(s.Exits, taken)
			exit.Results = []*path.Node{t.Const("false")}
		case "once":
			doOnce(t, s, p, t.Param(e.Q))
			exit.Stores = append(exit.Stores, onceIsDone(t, p))
		case "call":
			s.Calls = append(s.Calls, Call{Fn: part(t, p, e)})
		case "method":
			s.Calls = append(s.Calls, methodCall(part(t, p, e), e.Method))
		case "register":
			exit.Stores = append(exit.Stores, Store{Addr: t.Elem(kept(t, p), nil), Val: t.Param(e.Q)})
		case "members":
			s.Calls = append(s.Calls, methodCall(t.Elem(kept(t, p), nil), e.Method))
		case "assign":
			exit.Stores = append(exit.Stores, Store{Addr: t.FieldNamed(p, e.Owner, e.Field), Val: t.Param(e.Q)})
		case "parts":
			c := methodCall(p, e.Method)
			c.Parts = true
			s.Calls = append(s.Calls, c)
		case "each":
			s.Calls = append(s.Calls, each(t, p, e.Method)...)
		case "oncefunc":
			s.Literals = []FuncLiteral{{onceFunc, OfLiteral(t, onceFunc)}}
			exit.Results = []*path.Node{madeOnce(t, p)}
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
		case "fresh", "reused":
			exit.Results = []*path.Node{t.Fresh(0)}
		case "new":
			exit.Results = []*path.Node{t.Fresh(0)}
			exit.Guard, _ = exit.Guard.And(neverNil(t))
			exit.Stores = append(exit.Stores, Store{Addr: t.FieldNamed(t.Fresh(0), e.Owner, e.Field), Val: p})
		case "element":
			exit.Results = []*path.Node{t.Elem(p, nil)}
		case "insert":
			if e.Field != "" {
				exit.Results = []*path.Node{t.Elem(p, nil)}
			}
		case "content":
			exit.Results = []*path.Node{part(t, p, e)}
		case "visit":
			s.Calls = append(s.Calls, visit(t, e))
		case "copy", "part":
			exit.Results = []*path.Node{t.Part(p, nil)}
		case "join":
			exit.Results = []*path.Node{t.Part(t.Elem(p, nil), nil)}
		case "same":
			exit.Results = []*path.Node{p}
		case "with":
			exit.Results = []*path.Node{t.WithValue(p, t.Param(e.Q), t.Param(e.R))}
		case "value":
			exit.Results = []*path.Node{t.ContextValue(p, t.Param(e.Q))}
		case "text":
			exit.Results = []*path.Node{t.Text(e.Method, p, t.Param(e.Q))}
		case "refuse":
			exit.Guard = refuse(t, s, p)
		case "match":
			exit.Guard = match(t, s, p, t.Param(e.Q))
		case "nonnil":
			exit.Guard, _ = exit.Guard.And(neverNil(t))
		case "demand":
			exit.Guard, _ = exit.Guard.And(Literal{Path: p, Const: e.Method, Neg: e.Not})
		case "noreturn":
			returns = false
		}
	}
	if returns {
		s.Exits = append(s.Exits, exit)
	}
	return s
}

// neverNil says of the first result that it is not nil.
func neverNil(t *path.Table) Literal { return Is(t.Result(0), "nil").Not() }

// refuse adds to s that it returns false if p is nil, and returns the condition
// of its other outcomes.
func refuse(t *path.Table, s *Summary, p *path.Node) Guard {
	missing := Is(p, "nil")
	s.Exits = append(s.Exits, Exit{Guard: Guard{missing}, Results: []*path.Node{t.Const("false")}})
	return Guard{missing.Not()}
}

// match adds to s that it returns whether q is nil if p is, and returns the
// condition of its other outcomes.
func match(t *path.Table, s *Summary, p, q *path.Node) Guard {
	missing := Guard{Is(p, "nil")}
	for _, both := range []bool{true, false} {
		l := Literal{Path: q, Const: "nil", Neg: !both}
		g, _ := missing.And(l)
		s.Exits = append(s.Exits, Exit{Guard: g, Results: []*path.Node{t.Const(strconv.FormatBool(both))}})
	}
	return Guard{missing[0].Not()}
}

// visit returns the call of a function with an element of a container.
func visit(t *path.Table, e lock.Effect) Call {
	args := make([]*path.Node, e.R+1)
	args[e.R] = part(t, t.Elem(t.Param(e.P), nil), e)
	return Call{Fn: t.Param(e.Q), Args: args}
}

// kept returns the container of what is registered with the object n.
func kept(t *path.Table, n *path.Node) *path.Node { return t.FieldNamed(n, "", "registered") }

// part returns the content of the field of n that e is about, or n itself.
func part(t *path.Table, n *path.Node, e lock.Effect) *path.Node {
	if e.Field == "" {
		return n
	}
	return t.Deref(t.FieldNamed(n, e.Owner, e.Field), nil)
}

// formatMethods are the methods that package fmt calls, with their types: a
// method that only has the name is not called.
var formatMethods = [...]struct{ name, typ string }{
	{"Format", "(fmt.State, rune)"},
	{"Error", "() string"},
	{"String", "() string"},
	{"GoString", "() string"},
}

// formatted returns the calls that package fmt makes on the elements of the
// variadic argument p, by the verbs of format if there is one.
func formatted(t *path.Table, p, format *path.Node) []Call {
	var calls []Call
	for i := range maxVariadic {
		k := t.Const(strconv.Itoa(i))
		for _, m := range formatMethods {
			c := methodCall(t.Deref(t.Index(p, k), nil), m.name+m.typ)
			c.Parts = true
			if format != nil {
				c.Guard = Guard{Is(t.Verb(format, k, m.name), "true")}
			}
			if format != nil || m.name != "GoString" {
				calls = append(calls, c)
			}
		}
	}
	return calls
}

// each returns the calls of method m of the elements of the variadic
// argument p.
func each(t *path.Table, p *path.Node, m string) []Call {
	var calls []Call
	for i := range maxVariadic {
		calls = append(calls, methodCall(t.Deref(t.Index(p, t.Const(strconv.Itoa(i))), nil), m))
	}
	return calls
}

func methodCall(recv *path.Node, m string) Call {
	return Call{Fn: recv, Method: m, Args: []*path.Node{recv}}
}
