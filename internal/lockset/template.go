package lockset

import (
	"go/types"
	"strconv"
	"text/template/parse"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A template calls methods of its data, by names in its text.

// maxTemplates bounds the templates that one template runs within another.
const maxTemplates = 4

// render runs what the target calls by a template, fn. It returns the states in which
// the target may continue.
func (x *executor) render(s *state, f *frame, c *summary.Call, fn *path.Node, states []*state, seen map[*path.Node]bool) []*state {
	text, funcs, data := fn.Args[0], fn.Args[1], fn.Args[2]
	texts := x.texts(text)
	if len(texts) == 0 {
		x.leaveToCaller(s, f, c, fn)
	}
	for _, text := range texts {
		if !isConcrete(x.typeOf(data)) {
			x.leaveToCaller(s, f, c, x.table.Asks(text, funcs, data))
		}
		w := &walker{x: x, s: s, site: f.site, funcs: funcs, trees: map[string]*parse.Tree{}}
		for _, a := range w.requests(text, data) {
			call := *c
			if call.Method = a.method; a.method != "" {
				call.Args = []*path.Node{nil}
			}
			states = x.callout(s, f, &call, a.value, states, seen)
		}
	}
	return states
}

// leaveToCaller has the callers of the function at hand run the template fn, who may know
// its text, or of what type its data is.
func (x *executor) leaveToCaller(s *state, f *frame, c *summary.Call, fn *path.Node) {
	if g, ok := x.guard(s, f, c.Guard); ok {
		x.exposeCall(s, g, fn, c, nil, f)
	}
}

// texts returns the texts of templates that n may be.
func (x *executor) texts(n *path.Node) []*path.Node {
	if n.Kind == path.Const {
		return []*path.Node{n}
	}
	return x.engine.Constants(n)
}

// request is a method of a value that a template calls, or, without a name, a function.
type request struct {
	value  *path.Node
	method string
}

// walker finds what a template calls. Values that are not known are nil.
type walker struct {
	x     *executor
	s     *state
	site  ssa.CallInstruction
	funcs *path.Node
	trees map[string]*parse.Tree
	data  *path.Node // of the template at hand
	depth int        // of templates within one another
	asks  []request
}

// requests returns what the template with that text calls of data, nothing if it cannot be
// parsed.
func (w *walker) requests(text, data *path.Node) []request {
	src, err := strconv.Unquote(text.Name)
	if err != nil {
		return nil
	}
	t := parse.New("")
	t.Mode = parse.SkipFuncCheck
	if _, err := t.Parse(src, "", "", w.trees); err != nil {
		return nil
	}
	w.run(t, data)
	return w.asks
}

// run walks a template with its data.
func (w *walker) run(t *parse.Tree, data *path.Node) {
	if t == nil || t.Root == nil || w.depth >= maxTemplates {
		return
	}
	outer := w.data
	w.data = data
	w.depth++
	w.list(t.Root, data)
	w.depth--
	w.data = outer
}

// list walks the nodes of l, where the value of the dot is dot.
func (w *walker) list(l *parse.ListNode, dot *path.Node) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			w.printed(w.pipe(n.Pipe, dot))
		case *parse.IfNode:
			w.pipe(n.Pipe, dot)
			w.list(n.List, dot)
			w.list(n.ElseList, dot)
		case *parse.WithNode:
			w.list(n.List, w.pipe(n.Pipe, dot))
			w.list(n.ElseList, dot)
		case *parse.RangeNode:
			w.list(n.List, w.element(w.pipe(n.Pipe, dot)))
			w.list(n.ElseList, dot)
		case *parse.TemplateNode:
			w.run(w.trees[n.Name], w.pipe(n.Pipe, dot))
		}
	}
}

// pipe evaluates a pipeline: its value is known if it is no more than one operand.
func (w *walker) pipe(p *parse.PipeNode, dot *path.Node) *path.Node {
	if p == nil {
		return nil
	}
	var value *path.Node
	for _, c := range p.Cmds {
		for _, arg := range c.Args {
			value = w.operand(arg, dot)
		}
	}
	if len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 {
		return nil
	}
	return value
}

// operand evaluates an operand of a command.
func (w *walker) operand(n parse.Node, dot *path.Node) *path.Node {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return w.chain(dot, n.Ident)
	case *parse.VariableNode:
		if n.Ident[0] == "$" {
			return w.chain(w.data, n.Ident[1:])
		}
	case *parse.ChainNode:
		return w.chain(w.operand(n.Node, dot), n.Field)
	case *parse.PipeNode:
		return w.pipe(n, dot)
	case *parse.IdentifierNode:
		if fn := w.x.keyed(w.s, w.funcs, n.Ident); fn != nil {
			w.asks = append(w.asks, request{value: fn})
		}
	}
	return nil
}

// chain evaluates the fields, methods and keys of v with these names, each of the one
// before.
func (w *walker) chain(v *path.Node, names []string) *path.Node {
	for _, name := range names {
		if v == nil {
			return nil
		}
		if w.x.method(v, name) != nil {
			w.asks = append(w.asks, request{v, name})
			return nil
		}
		v = w.x.memberNamed(w.s, v, name, w.site)
	}
	return v
}

// printed notes the method by which v is printed.
func (w *walker) printed(v *path.Node) {
	if v == nil {
		return
	}
	for _, method := range []string{"Error", "String"} {
		if w.x.method(v, method) != nil {
			w.asks = append(w.asks, request{v, method})
			return
		}
	}
}

// element returns each element of the container v, or nil.
func (w *walker) element(v *path.Node) *path.Node {
	if v == nil {
		return nil
	}
	return w.x.table.Every(v)
}

// memberNamed returns the content of the field of v with that name, which may be
// promoted, or its element for that key, if v is a map; nil where that is not known.
func (x *executor) memberNamed(s *state, v *path.Node, name string, site ssa.Instruction) *path.Node {
	t := x.typeOf(v)
	if t == nil {
		return nil
	}
	if _, ok := t.Underlying().(*types.Map); ok {
		return x.keyed(s, v, name)
	}
	obj, index, _ := types.LookupFieldOrMethod(t, true, nil, name)
	if _, ok := obj.(*types.Var); !ok {
		return nil
	}
	for _, i := range index {
		v = x.fieldContent(s, v, i, site)
	}
	return v
}

// keyed returns the element of the map m for the key, or nil where that is not known.
func (x *executor) keyed(s *state, m *path.Node, key string) *path.Node {
	return s.mem.get(x.table.Lookup(m, x.table.Const(strconv.Quote(key)), nil))
}
