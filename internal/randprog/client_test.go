package randprog

import (
	"go/ast"
	"go/types"
	"math/rand/v2"
	"slices"
	"strings"
)

// Bounds of what a client does.
const (
	maxHistory = 6    // calls that build the heap
	fewRuns    = 150  // of all functions
	manyRuns   = 250  // more, where a report has not been confirmed
	mostRuns   = 5000 // more, before it is called wrong
)

// client runs a program with heap objects as its environment would: it calls
// functions that nothing in the program mentions, with objects that it got
// from earlier calls, and so builds heaps as the program allows. Then it calls
// any function with objects of that heap. What is held when the last call
// happens is counted.
type client struct {
	prog    *program
	open    []*ast.FuncDecl // nothing in the program mentions them
	all     []*ast.FuncDecl
	reports []report
	rules   []rule // that the reports rest on
	random  *rand.Rand
	met     map[string]bool
	events  []event

	// Of each report: how often it happened, how often by the acquisitions that
	// it names, and how often these were of two locks.
	hits, named, others []int
	broken              []int // of each rule: how often it did not hold
}

func (p *program) client(reports []report) *client {
	p.moves = p.attached()
	c := &client{prog: p, reports: reports, random: rand.New(rand.NewPCG(1, 2)), met: map[string]bool{}}
	mentioned := map[types.Object]bool{}
	for id, o := range p.info.Uses {
		if f, ok := o.(*types.Func); ok && id.Pos().IsValid() {
			mentioned[f] = true
		}
	}
	for _, e := range p.entries {
		if d, ok := e.(*ast.FuncDecl); ok {
			c.all = append(c.all, d)
			if f := p.info.Defs[d.Name]; f.Name() == "newOwner" || !mentioned[f] {
				c.open = append(c.open, d)
			}
		}
	}
	for _, r := range reports {
		c.rules = append(c.rules, rulesOf(r.message)...)
	}
	c.hits, c.named, c.others = make([]int, len(reports)), make([]int, len(reports)), make([]int, len(reports))
	c.broken = make([]int, len(c.rules))
	return c
}

// explore runs the program n times, and calls one of the functions last.
//
// If loose is set, the last call does without what the analyzer does not claim
// to know: containers may have kept what was taken out, and may have more than one
// element, and functions that call themselves return at some time.
func (c *client) explore(n int, last []*ast.FuncDecl, loose bool) {
	for range n {
		r := &run{
			oracle: oracle{random: c.random}, met: c.met, prog: c.prog,
			globals: map[types.Object]*cell{}, locks: map[lockRef]*lockState{}, features: map[string]bool{}, moved: map[value]bool{},
		}
		c.run(r, last[c.random.IntN(len(last))], loose)
		c.events = append(c.events, r.events...)
	}
}

// run builds a heap and calls a function. A program that panics or blocks ends.
func (c *client) run(r *run, last *ast.FuncDecl, loose bool) {
	defer func() {
		if e := recover(); e != nil {
			if _, ok := e.(endOfPath); !ok {
				panic(e)
			}
		}
	}()
	var got []value
	for i := range 3 + c.random.IntN(maxHistory) {
		f := c.open[c.random.IntN(len(c.open))]
		if i < 3 {
			f = c.open[i%2] // newOwner and addSome
		}
		if !c.call(r, f, &got) {
			return
		}
		c.checkRules(got, r.moved)
		r.events = nil
	}
	past := r.features
	r.features = map[string]bool{}
	for f := range past {
		if strings.HasPrefix(f, "store") {
			r.features[f+" before"] = true
		}
	}
	if loose {
		c.fill(r, got)
	}
	r.client, r.loose = c, loose
	c.call(r, last, &got)
	c.callStored(r, got)
	for len(r.late) > 0 {
		start := r.late[0]
		r.late = r.late[1:]
		start()
	}
}

// fill gives containers of one element another one like it, or not.
func (c *client) fill(r *run, got []value) {
	for _, o := range reachable(got) {
		for _, f := range []string{"kids", "byKey"} {
			at := o.fields[f]
			if at == nil || length(at.v) != 1 || r.choose(2) == 0 {
				continue
			}
			like, ok := members(at.v)[0].(*object)
			if !ok {
				continue
			}
			switch v := at.v.(type) {
			case *slice:
				v.elems = append(v.elems, &cell{r.copied(like)})
			case *dict:
				v.elems[ints] = &cell{r.copied(like)}
			}
		}
	}
}

// copied returns a new object with the contents of o.
func (r *run) copied(o *object) *object {
	n := *o
	r.newObject(&n)
	for f, c := range o.fields {
		n.fields[f] = &cell{c.v}
	}
	return &n
}

// call calls f with arguments that the client has got, notes what it returns,
// and reports whether the program can go on. It does nothing if there are no
// arguments.
func (c *client) call(r *run, f *ast.FuncDecl, got *[]value) bool {
	fn, objects := &function{decl: f}, reachable(*got)
	var args []value
	if f.Recv != nil {
		recv := c.argument(r, f.Recv.List[0].Type, objects)
		if recv == nil {
			return true
		}
		fn.recv = recv
	}
	for _, p := range f.Type.Params.List {
		for range p.Names {
			arg := c.argument(r, p.Type, objects)
			if arg == nil {
				return true
			}
			args = append(args, arg)
		}
	}
	if len(args) > 1 || len(args) == 1 && fn.recv != nil {
		r.feature("several arguments")
	}
	r.begin()
	var results []value
	panicked := r.catch(func() { results = r.invoke(fn, args) })
	for _, v := range append(append(results, fn.recv), args...) {
		if _, ok := v.(*object); ok && !slices.Contains(*got, v) {
			*got = append(*got, v)
		}
	}
	return !panicked
}

// callStored calls a function literal that the heap has in some field.
func (c *client) callStored(r *run, got []value) {
	var stored []*function
	for _, o := range reachable(got) {
		for _, f := range []string{"hook", "done"} {
			if cell := o.fields[f]; cell != nil {
				if fn, ok := cell.v.(*function); ok && fn.lit != nil {
					stored = append(stored, fn)
				}
			}
		}
	}
	if len(stored) > 0 {
		r.begin()
		r.catch(func() { r.invoke(stored[c.random.IntN(len(stored))], nil) })
	}
}

// begin makes r a goroutine that holds no lock.
func (r *run) begin() {
	r.locks, r.stack, r.steps, r.dead = map[lockRef]*lockState{}, []*frame{{how: "entry"}}, 0, false
}

// argument returns a value of a type, or nil if there is none.
func (c *client) argument(r *run, e ast.Expr, objects []*object) value {
	typ := r.prog.info.TypeOf(e)
	var of []value
	switch u := typ.Underlying().(type) {
	case *types.Basic:
		return r.arbitrary(typ, "parameter")
	case *types.Signature:
		return &function{opaque: u, name: "opaque"}
	case *types.Pointer:
		for _, o := range objects {
			if types.Identical(o.typ, u.Elem()) {
				of = append(of, o)
			}
		}
	case *types.Interface:
		for _, o := range objects {
			if types.Implements(types.NewPointer(o.typ), u) {
				of = append(of, o)
			}
		}
	}
	if len(of) == 0 {
		return nil
	}
	return of[c.random.IntN(len(of))]
}

// reachable returns the objects that the values lead to.
func reachable(from []value) (out []*object) {
	seen := map[*object]bool{}
	var visit func(v value)
	visit = func(v value) {
		if o, ok := v.(*object); ok {
			if seen[o] {
				return
			}
			seen[o] = true
			out = append(out, o)
			st := o.typ.Underlying().(*types.Struct)
			for f := range st.Fields() {
				if c := o.fields[f.Name()]; c != nil {
					visit(c.v)
				}
			}
		}
		for _, e := range members(v) {
			visit(e)
		}
	}
	for _, v := range from {
		visit(v)
	}
	return out
}

// acquires notes which reports an acquisition makes true, and of which it
// takes the path with another lock.
func (c *client) acquires(r *run, ref lockRef, mode string) {
	for i, rep := range c.reports {
		for at, f := range r.stack {
			if f.line == rep.line {
				c.reaches(r, i, at, ref, mode)
			}
		}
	}
}

// reaches notes what an acquisition that is reached from frame at says of report i.
func (c *client) reaches(r *run, i, at int, ref lockRef, mode string) {
	rep := &c.reports[i]
	path := r.line() == rep.last && rep.goes(c.prog, r.stack[at+1:])
	for other, st := range r.locks {
		for _, h := range st.held {
			if codes[[2]string{h.mode, mode}] != rep.code {
				continue
			}
			named := path && h.line == rep.first && rep.left == (len(h.stack) > at+1)
			switch {
			case other == ref && named:
				c.named[i]++
				fallthrough
			case other == ref:
				c.hits[i]++
			case named && !r.dead && h.within(r.stack[at]):
				c.others[i]++
			}
		}
	}
}
