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

// cancelFunc names the functions that package context returns to cancel a context. They
// call nothing that takes or releases a lock of others: what waits for the context is on
// another goroutine.
const cancelFunc = "context.WithCancel$literal"

// madeOnce returns the function that sync.OnceFunc makes of fn.
func madeOnce(t *path.Table, fn *path.Node) *path.Node {
	return t.Closure(onceFunc, nil, []*path.Node{fn, t.Fresh(0)})
}

// OfLiteral returns the summary of the functions of that name which models
// return, or nil.
func OfLiteral(t *path.Table, name string) *Summary {
	switch name {
	case onceFunc:
		s := &Summary{}
		doOnce(t, s, t.Free(1), t.Free(0))
		s.Exits = []Exit{{Stores: []Store{onceIsDone(t, t.Free(1))}}}
		return s
	case cancelFunc:
		return &Summary{Exits: []Exit{{}}}
	}
	return nil
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
	m := &modelled{t: t, s: &Summary{}, returns: true}
	for _, e := range effects {
		p := t.Param(e.P)
		m.locks(e, p)
		m.calls(e, p)
		m.stores(e, p)
		m.results(e, p)
		m.conditions(e, p)
	}
	if m.returns {
		m.s.Exits = append(m.s.Exits, m.exit)
	}
	return m.s
}

// modelled is the summary of a model while its effects are added, each by the method
// that knows it, or by more than one. In all of them p is the effect's first argument.
type modelled struct {
	t       *path.Table
	s       *Summary
	exit    Exit // the outcome in which all effects happen
	returns bool
}

// locks adds what e does to locks.
func (m *modelled) locks(e lock.Effect, p *path.Node) {
	switch e.Op {
	case "acquire":
		m.s.Acquires = append(m.s.Acquires, Acquire{Path: p, Mode: e.Mode})
		m.exit.Held = append(m.exit.Held, Held{Path: p, Mode: e.Mode})
	case "release":
		m.exit.Released = append(m.exit.Released, p)
	case "try":
		free := Guard{Is(m.t.Takable(p, e.Mode.String()), "true")}
		taken := Exit{Guard: free, Results: []*path.Node{m.t.Const("true")}, Held: []Held{{Path: p, Mode: e.Mode}}}
		m.s.Exits = append(m.s.Exits, taken)
		m.exit.Results = []*path.Node{m.t.Const("false")}
	case "once":
		doOnce(m.t, m.s, p, m.t.Param(e.Q))
		m.exit.Stores = append(m.exit.Stores, onceIsDone(m.t, p))
	case "rlocker":
		m.exit.Results = []*path.Node{m.t.RLocker(p)}
	}
}

// calls adds what e calls.
func (m *modelled) calls(e lock.Effect, p *path.Node) {
	var calls []Call
	switch e.Op {
	case "call":
		calls = []Call{{Fn: part(m.t, p, e)}}
	case "method":
		calls = []Call{methodCall(part(m.t, p, e), e.Method)}
	case "members":
		calls = []Call{methodCall(m.t.Elem(kept(m.t, p), nil), e.Method)}
	case "elements":
		calls = elements(m.t, p, e.Method)
	case "parts":
		calls = []Call{methodCall(p, e.Method)}
		calls[0].Parts = true
	case "each":
		calls = each(m.t, p, e.Method)
	case "render":
		text := part(m.t, m.t.Param(e.Q), e)
		calls = []Call{{Fn: m.t.Asks(text, m.t.Deref(m.t.Sibling(text.Parent, templateFuncs), nil), p)}}
	case "log":
		calls = m.logged(e, p)
	case "format":
		calls = formatted(m.t, p, nil)
	case "formatf":
		calls = formatted(m.t, p, m.t.Param(e.Q))
	case "visit":
		calls = []Call{visit(m.t, e)}
	case "oncefunc":
		m.s.Literals = []FuncLiteral{{onceFunc, OfLiteral(m.t, onceFunc)}}
		m.exit.Results = []*path.Node{madeOnce(m.t, p)}
	}
	m.s.Calls = append(m.s.Calls, calls...)
}

// stores adds what e stores.
func (m *modelled) stores(e lock.Effect, p *path.Node) {
	t := m.t
	switch e.Op {
	case "register":
		m.exit.Stores = append(m.exit.Stores, Store{Addr: t.Elem(kept(t, p), nil), Val: t.Param(e.Q)})
	case "assign":
		m.exit.Stores = append(m.exit.Stores, Store{Addr: t.FieldNamed(p, e.Owner, e.Field), Val: t.Param(e.Q)})
	case "store", "swap":
		m.exit.Stores = append(m.exit.Stores, Store{Addr: p, Val: t.Param(e.Q)})
	case "cas":
		same := Is(t.Binary(token.EQL, t.Deref(p, nil), t.Param(e.Q)), "true")
		m.s.Exits = append(m.s.Exits, Exit{
			Guard: Guard{same}, Results: []*path.Node{t.Const("true")}, Stores: []Store{{Addr: p, Val: t.Param(e.R)}},
		})
		m.exit.Guard, m.exit.Results = Guard{same.Not()}, []*path.Node{t.Const("false")}
	case "new":
		m.exit.Stores = append(m.exit.Stores, Store{Addr: t.FieldNamed(made(t, e), e.Owner, e.Field), Val: p})
	}
}

// results adds what e returns.
func (m *modelled) results(e lock.Effect, p *path.Node) {
	t := m.t
	var result *path.Node
	switch e.Op {
	case "load", "swap":
		result = t.Deref(p, nil)
	case "fresh", "reused":
		result = t.Fresh(0)
	case "new":
		result = made(t, e)
	case "element":
		result = t.Elem(p, nil)
	case "insert":
		if e.Field != "" {
			result = t.Elem(p, nil)
		}
	case "content":
		result = part(t, p, e)
	case "copy", "part":
		result = t.Part(p, nil)
	case "join":
		result = t.Part(t.Elem(p, nil), nil)
	case "same":
		result = p
	case "with":
		result = t.WithValue(p, t.Param(e.Q), t.Param(e.R))
	case "value":
		result = t.ContextValue(p, t.Param(e.Q))
	case "cancel":
		m.exit.Results = []*path.Node{p, t.FuncNamed(cancelFunc)}
	case "text":
		result = t.Text(e.Method, p, t.Param(e.Q))
	}
	if result != nil {
		m.exit.Results = []*path.Node{result}
	}
}

// conditions adds under which conditions e lets the function return.
func (m *modelled) conditions(e lock.Effect, p *path.Node) {
	switch e.Op {
	case "refuse":
		m.exit.Guard = refuse(m.t, m.s, p)
	case "match":
		m.exit.Guard = match(m.t, m.s, p, m.t.Param(e.Q))
	case "nonnil", "new":
		m.exit.Guard, _ = m.exit.Guard.And(neverNil(m.t))
	case "demand":
		m.exit.Guard, _ = m.exit.Guard.And(Literal{Path: p, Const: e.Method, Neg: e.Not})
	case "noreturn":
		m.returns = false
	}
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

// made returns the object that e, the effect new, makes.
func made(t *path.Table, e lock.Effect) *path.Node { return t.FreshOf(0, "*"+e.Owner) }

// visit returns the call of a function with an element of a container.
func visit(t *path.Table, e lock.Effect) Call {
	args := make([]*path.Node, e.R+1)
	args[e.R] = part(t, t.Elem(t.Param(e.P), nil), e)
	return Call{Fn: t.Param(e.Q), Args: args}
}

// templateFuncs names the field, beside that of its text, with the functions that a
// template was given.
const templateFuncs = "funcs"

// registered names the container of what is registered with an object.
const registered = "#registered"

// kept returns the container of what is registered with the object n.
func kept(t *path.Table, n *path.Node) *path.Node { return t.FieldNamed(n, "", registered) }

// Stays reports whether the cell at addr keeps its content val: a Once that is done, a
// channel that is closed, or one of those of what is registered with an object, which only
// become more.
func Stays(addr, val *path.Node) bool {
	if val.Kind == path.Const && (val.Name == onceDone || addr.IsClosedCell() && val.Name == "true") {
		return true
	}
	c := addr.Parent
	return addr.Kind == path.Elem && c.Kind == path.Field && c.Owner == "" && c.Name == registered
}

// elements returns the calls of a method of the elements of the container n, and of what
// is registered with it, and of those that are functions.
func elements(t *path.Table, n *path.Node, method string) []Call {
	var calls []Call
	for _, c := range []*path.Node{n, kept(t, n)} {
		elem := t.Elem(c, nil)
		calls = append(calls, methodCall(elem, method), Call{Fn: elem})
	}
	return calls
}

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
		for _, m := range formatMethods {
			c := methodCall(element(t, p, i), m.name+m.typ)
			c.Parts = true
			if m.name == "Format" {
				c.Args = append(c.Args, nil, verb(t, format, i))
			}
			if format != nil {
				c.Guard = Guard{Is(t.Verb(format, t.Const(strconv.Itoa(i)), m.name), "true")}
			}
			if format != nil || m.name != "GoString" {
				calls = append(calls, c)
			}
		}
	}
	return calls
}

// verb returns the verb by which operand i is formatted: without a format, as by %v.
func verb(t *path.Table, format *path.Node, i int) *path.Node {
	if format == nil {
		format = t.Const(`""`)
	}
	return t.VerbOf(format, t.Const(strconv.Itoa(i)))
}

// each returns the calls of method m of the elements of the variadic
// argument p.
func each(t *path.Table, p *path.Node, m string) []Call {
	var calls []Call
	for i := range maxVariadic {
		calls = append(calls, methodCall(element(t, p, i), m))
	}
	return calls
}

// logMethods are the methods of an attribute that all handlers of package log/slog
// call, and those which keep at least one of them from it: where there is a Format,
// the one that writes text calls it, and not Error.
var logMethods = [...]struct {
	name   string
	unless []string
}{
	{"LogValue", nil},
	{"MarshalText", []string{"LogValue", "MarshalJSON", "Error() string"}},
	{"Error() string", []string{"LogValue", "MarshalJSON", "MarshalText", "Format(fmt.State, rune)"}},
}

// logged returns the calls of methods of the elements of the variadic argument p,
// which are logged: by the default handler, or by what the receiver has in the field
// of e, unless that is a handler of another package.
func (m *modelled) logged(e lock.Effect, p *path.Node) []Call {
	var by Guard
	if e.Field != "" {
		by = Guard{Is(m.t.DeclaredIn(part(m.t, m.t.Param(0), e), "log/slog"), "true")}
	}
	var calls []Call
	for i := range maxVariadic {
		for _, l := range logMethods {
			c := methodCall(element(m.t, p, i), l.name)
			c.Guard, c.Unless = by, l.unless
			calls = append(calls, c)
		}
	}
	return calls
}

// element returns element i of the variadic argument p.
func element(t *path.Table, p *path.Node, i int) *path.Node {
	return t.Deref(t.Index(p, t.Const(strconv.Itoa(i))), nil)
}

func methodCall(recv *path.Node, m string) Call {
	return Call{Fn: recv, Method: m, Args: []*path.Node{recv}}
}
