// Package heap infers and checks invariants of the heap that make two access
// paths one object: inverse fields.
//
// Most programs keep owners and what they own connected in both directions:
// a page has a back path p.chapter.book to its book, and the book keeps its
// pages in a container. If every page that is ever put into b.pages has
// chapter.book == b at that time, and these fields are stored to only while a
// page is new, then for every page p in b.pages the path p.chapter.book is b
// ([Heap.Canon]).
//
// The check is flow-insensitive and looks at every store of the package
// ([Heap.Effects]), in terms of the objects of the function it is in; a store
// whose objects are all parameters is checked where the function is called.
// Nothing is assumed of stores that cannot be seen: fields that are not
// exported have none, for exported ones other packages may break the rule and
// lose it.
package heap

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Bounds on the stores of one function.
const (
	maxStores = 400 // seen in it: its own, and those of its callees up to the bound
	maxTold   = 64  // that its callers are told of
)

// Store says that a function may store Val to the address Addr.
type Store struct{ Addr, Val *path.Node }

// Effects is what a function does to the heap, whatever path it takes, as far
// as its callers can see it: what they passed, and what they get back.
type Effects struct {
	Stores  []Store
	Results []*path.Node // what each result is; nil if not known
	Calls   []Call       // of what only its callers know

	// Literals tells of the function literals of other packages among the results.
	Literals []Literal

	// Incomplete tells that a bound was hit: there are more stores.
	Incomplete bool
}

// Heap answers questions about the heap invariants of one package.
type Heap struct {
	Table *path.Table
	Funcs []*ssa.Function
	// Imported gives the effects of a function of another package, in terms of
	// its parameters, results as Fresh objects or paths; nil if unknown.
	Imported func(*ssa.Function) *Effects
	Pkg      string // path of the package
	// Proved tells whether the package of a type has proved the rule of that
	// name about it.
	Proved func(owner, rule string) bool
	// Settled tells whether the package of a type has promised that it does not
	// change the field of that name unseen; nil where all packages are at hand.
	Settled func(owner, field string) bool
	// Called tells whether the package calls, under a lock, what importers store
	// in its variable of that name; nil means that it does not.
	Called func(variable string) bool
	// Method gives the method of that name of a type that is no interface, or nil.
	Method func(recv types.Type, name string) *ssa.Function
	// Closed tells that Funcs is a whole program: functions with a body may
	// have a model, too.
	Closed bool

	scopes     map[*ssa.Function]*scope
	unfollowed map[string]bool // names of interface methods of which a call is not followed
	callers    *callers
	converted  map[string][]string // by the name of a struct type, those that pointers to it are converted to
	events     *eventIndex
	exported   map[*ssa.Function]*Effects // of functions at hand, for other packages
	literals   map[string]*Effects        // of function literals of other packages, by their names
	rules      map[string]*rule
	aliases    map[*path.Node]alias

	writes map[variable]*writes // what is done to variables that contain pointers
	once   map[variable]bool    // whether they are written once
	uses   *useIndex

	far map[[2]int]int // numbers of objects that were made many calls away

	memberships map[membership]bool
	keys        map[keyed]bool

	values     map[*path.Node][]*path.Node // what Values returned
	straight   map[*path.Node]bool         // paths that no rule shortens
	text       []byte                      // room for the key of a rule
	registries map[*types.Named]bool       // whether callers may register what the package calls in objects of a type
	canons     map[canonKey]canonical      // the others that Canon was asked for
	inFields   map[*path.Node]contained    // what InField has returned

	proving   []*rule      // those whose proofs are going on, each for the one before
	tentative []*rule      // proved by what is being proved
	inducing  []*path.Node // variables of loops, and results, that are being looked at
}

// scope evaluates the values of one function without regard to control flow.
type scope struct {
	h       *Heap
	fn      *ssa.Function
	vals    map[ssa.Value]*path.Node
	as      map[*path.Node]*path.Node // a function, as it is in an interface value
	stores  []Store                   // its own, and those that it is told of by its callees
	sites   []ssa.Instruction         // where it makes them
	at      ssa.Instruction           // the one that is being looked at
	calls   []Call                    // of what only its callers know
	options []option                  // functions of other packages that it was given
	results []*path.Node
	effects *Effects // what its callers are told
	numbers map[ssa.Instruction]int
	repeats []repeat // calls of the function itself

	incomplete bool // there are more stores
	endless    bool // they are those of calls of the function itself
	applied    int  // functions that were passed and are being looked at
	tries      int  // functions that were passed and looked at
	followed   bool // it is a function that was passed, and calls of it have been found
	missed     bool // some caller is not told of its stores
}

func (h *Heap) scope(fn *ssa.Function) *scope {
	if h.scopes == nil {
		h.scopes = map[*ssa.Function]*scope{}
		h.unfollowed = map[string]bool{}
	}
	s := h.scopes[fn]
	if s == nil {
		s = &scope{h: h, fn: fn, vals: map[ssa.Value]*path.Node{}}
		h.scopes[fn] = s
	}
	return s
}

// Effects returns what fn does to the heap in its own terms. In a cycle of
// calls that is not known.
func (h *Heap) Effects(fn *ssa.Function) *Effects {
	fn = path.Generic(fn)
	if len(fn.Blocks) == 0 || h.Closed {
		if e := h.Imported(fn); e != nil {
			h.learn(e.Literals)
			return e
		}
	}
	if len(fn.Blocks) == 0 {
		return &Effects{}
	}
	return h.collected(fn).effects
}

// effectsFor returns what caller is told of callee. Across packages that is what
// importers are told, also where both are at hand: the rest is the affair of
// the package that callee is in.
func (h *Heap) effectsFor(caller, callee *ssa.Function) *Effects {
	callee = path.Generic(callee)
	if !h.Closed || len(callee.Blocks) == 0 || callee.Pkg == caller.Pkg || callee.Pkg == nil {
		return h.Effects(callee)
	}
	e, ok := h.exported[callee]
	if !ok {
		if e = h.Exported(callee); e == nil {
			e = &Effects{}
		}
		if len(e.Stores) < len(h.Effects(callee).Stores) {
			h.scope(callee).missed = true
		}
		if h.exported == nil {
			h.exported = map[*ssa.Function]*Effects{}
		}
		h.exported[callee] = e
	}
	return e
}

// collected returns the scope of fn with its stores.
func (h *Heap) collected(fn *ssa.Function) *scope {
	s := h.scope(fn)
	switch {
	case s.effects == nil:
		s.effects = inCycle
		s.collect()
		s.tell()
		s.recur()
		s.vals = map[ssa.Value]*path.Node{} // cheap to find again, dear to keep for every function
	case s.effects == inCycle:
		s.missed = true
	}
	return s
}

// inCycle stands for the effects of a function that is being looked at.
var inCycle = &Effects{Incomplete: true}

// collect gathers the stores and results of the function.
func (s *scope) collect() {
	returns := make([][]ssa.Value, s.fn.Signature.Results().Len())
	for _, b := range s.fn.Blocks {
		for _, instr := range b.Instrs {
			s.at = instr
			s.effect(instr)
			if ret, ok := instr.(*ssa.Return); ok {
				for i, r := range ret.Results {
					returns[i] = append(returns[i], r)
				}
			}
		}
	}
	for _, all := range returns {
		s.results = append(s.results, agreed(s.joined(all, nil)))
	}
	s.strays()
	for i, st := range s.stores {
		s.stores[i].Addr = s.normalAddr(st.Addr)
	}
	s.setByOptions()
}

// effect adds the stores of one instruction.
func (s *scope) effect(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Store:
		if hasIdentity(instr.Val.Type()) {
			s.add(s.eval(instr.Addr), s.eval(instr.Val))
		}
	case *ssa.MapUpdate:
		elem := s.h.Table.Elem(s.eval(instr.Map), nil)
		for _, v := range []ssa.Value{instr.Key, instr.Value} {
			if hasIdentity(v.Type()) {
				s.add(elem, s.eval(v))
			}
		}
	case *ssa.Send:
		s.add(s.h.Table.Elem(s.eval(instr.Chan), nil), s.eval(instr.X))
	case *ssa.Select:
		for _, c := range instr.States {
			if c.Dir == types.SendOnly {
				s.add(s.h.Table.Elem(s.eval(c.Chan), nil), s.eval(c.Send))
			}
		}
	case ssa.CallInstruction:
		s.call(instr)
	case *ssa.MakeClosure:
		s.closure(instr)
	case *ssa.ChangeType:
		s.h.converts(instr)
	}
}

// agreed returns the one path that all are, nil constants aside.
func agreed(all []*path.Node) *path.Node {
	var one *path.Node
	for _, n := range all {
		switch {
		case isNil(n):
		case one == nil:
			one = n
		case one != n:
			return nil
		}
	}
	return one
}

func isNil(n *path.Node) bool {
	return n.Kind == path.Const && (n.Name == "nil" || n.Name == "zero")
}

func (s *scope) add(addr, val *path.Node) {
	if addr.Kind == path.Unknown {
		return
	}
	s.stores, s.sites = append(s.stores, Store{addr, val}), append(s.sites, s.at)
}

// open reports whether n depends on the caller.
func open(n *path.Node) bool {
	return n.Any(func(n *path.Node) bool { return n.Kind == path.Param || n.Kind == path.Free })
}

// objectNumber returns a number for the object n, made by a callee, in the
// function that it was called by.
func (h *Heap) objectNumber(n *path.Node) int {
	instr, ok := n.Site.(ssa.Instruction)
	if !ok {
		return n.Index
	}
	call := h.scope(instr.Parent()).number(instr)
	if n.Index < farObject {
		return n.Index<<callBits | call
	}
	made := [2]int{n.Index, call}
	if h.far[made] == 0 {
		if h.far == nil {
			h.far = map[[2]int]int{}
		}
		h.far[made] = farObject<<callBits + len(h.far)
	}
	return h.far[made]
}

// The number of an object has a part for each call that it is away, as long as there
// is room.
const (
	callBits  = 20
	farObject = 1 << 40
)

func makesObject(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan:
		return true
	}
	return false
}

// number returns the position of instr in the function, from 1.
func (s *scope) number(instr ssa.Instruction) int {
	if s.numbers == nil {
		s.numbers = map[ssa.Instruction]int{}
		for _, b := range s.fn.Blocks {
			for _, i := range b.Instrs {
				s.numbers[i] = len(s.numbers) + 1
			}
		}
	}
	return s.numbers[instr]
}
