// Package lockset tracks which locks are held on each path through a
// function, and builds summaries of functions bottom-up.
//
// The abstract state is described at type state; each function is run
// symbolically to a fixpoint ([executor]) over sets of such states, kept apart
// by lock state ("property simulation", Das, Lerner, Seigle: ESP, PLDI 2002).
// Calls apply the summary of the callee. Functions are analysed on demand,
// callees first; recursion is solved by iterating over its strongly connected
// component, found on the way (Tarjan).
package lockset

import (
	"fmt"
	"go/token"
	"go/types"
	"io"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Bounds on the iterations over a component of recursive functions.
const (
	maxRounds       = 8
	maxRoundsOfMany = 3
	maxReruns       = 4000 // runs of blocks of its functions, in a large one
)

// Engine analyses the functions of one package, or of a whole program.
type Engine struct {
	Prog  *ssa.Program
	Table *path.Table
	// Funcs lists the functions to be analysed, closures after the function
	// around them.
	Funcs []*ssa.Function
	// Own reports whether functions of the package are analysed here. What is
	// known of others is Known.
	Own func(*ssa.Package) bool
	// Imports are the packages that can be named here. Those that they import
	// can be, too.
	Imports []*types.Package
	// Module is the path of the module that the package is in; "" where that is not known.
	Module string
	// Closed tells that Funcs is a whole program: dynamic calls reach no other
	// functions.
	Closed bool
	// Known gives the summary of a function without looking at its body: from
	// the models, or from the facts of an imported package. Nil means unknown.
	Known func(name string, fn *ssa.Function) *summary.Summary
	// Dynamic lists the functions that a dynamic call may reach, by the flow
	// of values.
	Dynamic func(site ssa.CallInstruction) []*ssa.Function
	// Stored names the functions that a value kept in a package-level variable
	// can be; false if that is not known.
	Stored func(*path.Node) (map[string]bool, bool)
	// Values lists the function values that are stored where the content of a
	// variable or field comes from.
	Values func(*path.Node) []*path.Node
	// InField lists the values that are stored in the field whose content the
	// path is, and their types, nil where not known.
	InField func(*path.Node) (values []*path.Node, typs []types.Type)
	// Constants lists the constants that the path may be, the content of a field of an
	// object in a package-level variable or in a field.
	Constants func(*path.Node) []*path.Node
	// Canon rewrites the path of an object of a function by heap invariants,
	// and words those it used.
	Canon func(*ssa.Function, *path.Node) (*path.Node, []string)
	// WriteOnce reports whether a variable keeps the object that it was first
	// given.
	WriteOnce func(addr *path.Node) bool
	// OnceValue reports whether the function in a variable gives the same results
	// each time.
	OnceValue func(addr *path.Node) bool
	// Member reports whether the object x is an element of the container c, by
	// heap invariants, and words that for a function.
	Member func(fn *ssa.Function, c, x *path.Node) (string, bool)
	// Gathered returns the part of a path that is an element of a local variable or
	// slice, and the element of the container of a parameter that it was read as.
	Gathered func(*path.Node) (local, elem *path.Node)
	// Private reports whether only the function at hand puts elements into the slice, or
	// into what it becomes a part of.
	Private func(ssa.Value) bool
	// Object rewrites the path of an object by heap invariants.
	Object func(*path.Node) *path.Node
	// Wiring gives what a function of another package stores, and what it
	// returns, in its terms, if some of that is called under a lock later.
	Wiring func(*ssa.Function) (stores []summary.Store, results []*path.Node)
	// Applied lists what a call stores in the object that it returns, by options, too, in
	// terms of the function at hand, with the object as the value of the call.
	Applied func(*ssa.Call) []summary.Store
	// StoredCalls lists the calls that the package of the named type, or of the
	// named variable, makes of what is stored in its objects or there.
	StoredCalls func(owner string) []summary.Stored
	// Pure reports whether the function of that name returns what its arguments
	// tell, and nothing else.
	Pure func(name string) bool
	// Source returns the operand text of the call at a position.
	Source func(token.Pos) string
	// Suspect asks for possible re-entries, too.
	Suspect bool
	// Debug, if not nil, is told where a bound was hit.
	Debug io.Writer

	nodes   map[*ssa.Function]*node
	graphs  map[*ssa.Function]*graph
	stack   []*node // of Tarjan's algorithm
	running []*node // functions being executed, innermost last
	count   int
	rel     *relevance
	handed  map[ssa.Value]bool          // local variables whose lock is released by who does not hold it
	skipped map[*ssa.Function]bool      // bodies of range-over-func loops that no path leads to
	byName  map[string]*summary.Summary // functions without a body here
	imports map[string]*types.Package   // packages by path, imported directly or not
	methods map[methodID]*ssa.Function  // nil where there is none
	types   map[string]types.Type       // by their qualified names
	told    map[string]bool             // what Debug was told

	callNodes map[*summary.Summary][]*path.Node // what callsOf has returned
	pure      map[*ssa.Function]*looks          // what functions look at
	births    *births                           // nil until it is asked for
	toggles   toggling                          // nil until it is asked for
	borrowed  map[param]bool                    // whether the function only looks at what it is passed
	written   map[*ssa.Function]*writes         // what functions change that are not run
	followers map[*ssa.Parameter]bool           // whether the function does not return unless it has followed the pointer
	answering map[types.Type]bool               // whether it has a method that is looked for by reflection

	entries map[string]*entries         // functions that are used as values, by name
	stored  map[string][]summary.Stored // by the name of the type or variable, what is called under locks of what is stored there
	wirings map[*ssa.Function]*wiring   // functions of other packages; nil where they register nothing
}

// node is a function in the search for strongly connected components.
type node struct {
	fn       *ssa.Function
	sum      *summary.Summary
	findings []*Finding
	possible []*Finding
	index    int
	low      int
	onStack  bool
	turned   bool // a loop body: the turns that it is run for are known
	cyclic   bool
	stale    bool           // a summary that it used has changed since
	users    map[*node]bool // functions that used its summary
}

// Summary returns the summary of fn, or nil if nothing is known of it. In a
// cycle of functions it is what is known so far.
func (e *Engine) Summary(fn *ssa.Function) *summary.Summary {
	fn = path.Generic(fn)
	if n := e.nodes[fn]; n != nil {
		if n.onStack {
			n.cyclic = true
			n.users[e.stackTop()] = true
			e.stackTop().low = min(e.stackTop().low, n.index)
		}
		return n.sum
	}
	if s := e.Known(path.FuncName(fn), fn); s != nil || len(fn.Blocks) == 0 {
		e.adopt(s)
		return s
	}
	if !e.Relevant(fn) && !e.worthwhile(fn) {
		return nil
	}
	n := e.analyse(fn)
	if n.onStack && len(e.running) > 0 {
		n.users[e.stackTop()] = true
	}
	return n.sum
}

// HandedOver reports whether the lock of f is in a variable of the function
// around that this function unlocks without having locked it: it is a signal
// between goroutines, and has no holder.
func (e *Engine) HandedOver(f *Finding) bool { return f.captured != nil && e.handed[f.captured] }

// handOver notes a release of a lock that is local to the function and not
// held there, so that another goroutine must have taken it.
func (x *executor) handOver(s *state, p *path.Node) {
	root := freshRoot(p)
	if root == nil || root.Kind != path.Value || s.lock(p) != nil || x.ahead {
		return
	}
	if x.engine.handed == nil {
		x.engine.handed = map[ssa.Value]bool{}
	}
	x.engine.handed[root.Site.(ssa.Value)] = true
}

// Findings analyses fn if need be and returns what was found in it. Where no
// lock is taken none is found: functions that only call what they are passed
// are run when somebody asks for their summaries.
func (e *Engine) Findings(fn *ssa.Function) []*Finding {
	if len(fn.Blocks) == 0 || e.touches(fn) != acts || e.inSkippedLoop(fn) {
		return nil
	}
	n := e.nodes[fn]
	if n == nil {
		n = e.analyse(fn)
	}
	if n.turned {
		return slices.DeleteFunc(slices.Clone(n.findings), func(f *Finding) bool { return !f.met })
	}
	return n.findings
}

// owns reports whether fn is of a package that is analysed here.
func (e *Engine) owns(fn *ssa.Function) bool { return fn.Pkg != nil && e.Own(fn.Pkg) }

func (e *Engine) stackTop() *node { return e.running[len(e.running)-1] }

// analyse runs fn and, if it is the root of a component of functions that
// call each other, the whole component until nothing changes.
func (e *Engine) analyse(fn *ssa.Function) *node {
	if e.nodes == nil {
		e.nodes, e.graphs = map[*ssa.Function]*node{}, map[*ssa.Function]*graph{}
	}
	e.count++
	n := &node{fn: fn, index: e.count, low: e.count, onStack: true, sum: &summary.Summary{}, users: map[*node]bool{}}
	e.nodes[fn] = n
	base := len(e.stack)
	e.stack = append(e.stack, n)
	e.execute(n)
	if len(e.running) > 0 {
		top := e.stackTop()
		top.low = min(top.low, n.low)
	}
	if n.low < n.index {
		return n
	}
	for round, again := 1, true; again && round < rounds(e.stack[base:]); round++ {
		again = false
		for i := len(e.stack) - 1; i >= base; i-- { // a round may add members
			if e.stack[i].stale {
				e.execute(e.stack[i])
				again = true
			}
		}
	}
	for _, m := range e.stack[base:] {
		m.onStack = false
		delete(e.graphs, m.fn)
	}
	e.stack = e.stack[:base]
	return n
}

// rounds returns how often the functions of a component are run at most.
func rounds(component []*node) int {
	blocks := 0
	for _, n := range component {
		blocks += len(n.fn.Blocks)
	}
	return max(maxRoundsOfMany, min(maxRounds, maxReruns/max(blocks, 1)))
}

// execute runs the body of n's function. If its summary changes, those who
// used it have to be run again.
func (e *Engine) execute(n *node) {
	n.stale = false
	e.running = append(e.running, n)
	x := newExecutor(e, n.fn)
	sum := x.run()
	e.running = e.running[:len(e.running)-1]
	if !n.sum.Equal(sum) {
		for u := range n.users {
			u.stale = true
		}
	}
	n.sum, n.findings, n.possible, n.turned = sum, x.findings, x.possible, false
}

func (e *Engine) graph(fn *ssa.Function) *graph {
	g := e.graphs[fn]
	if g == nil {
		g = newGraph(fn)
		e.graphs[fn] = g
	}
	return g
}

// debugf tells of a bound that was hit in fn, once.
func (e *Engine) debugf(fn *ssa.Function, format string, args ...any) {
	if e.Debug == nil {
		return
	}
	text := fmt.Sprintf("%s: %s: %s", e.Prog.Fset.Position(fn.Pos()), fn, fmt.Sprintf(format, args...))
	if !e.told[text] {
		if e.told == nil {
			e.told = map[string]bool{}
		}
		e.told[text] = true
		fmt.Fprintln(e.Debug, text)
	}
}
