// Package summary holds what callers need to know of a function: which locks
// it may take that its caller could already hold, and how it leaves the locks,
// the memory and its results in each distinguishable outcome.
//
// A summary speaks in terms of the function's parameters, captured variables,
// results and package-level variables only.
package summary

import (
	"go/token"
	"iter"
	"slices"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
)

// Step is one step of a witness: a call on the way to an acquisition, a
// return that leaves a lock held, or the acquisition itself.
type Step struct {
	Func    string // the function that makes the step
	Text    string // what it does, as written in the source
	At      string // base name of the file and line
	Kind    StepKind
	Dynamic bool      // the callee was found by the flow of values, not by name
	Pos     token.Pos // where the step is, if its source is at hand; never part of a fact
	Here    bool      // it is a step of the function at hand
}

// StepKind tells what a step does.
type StepKind uint8

// The kinds of steps.
const (
	Calls   StepKind = iota // calls Text
	Locks                   // performs the operation Text on the lock
	Returns                 // returns with the lock held
	Leaks                   // returns an error with the lock held, where it otherwise releases it
	Panics                  // panics with the lock held
)

// Leaves reports whether the step is a return that leaves the lock held.
func (s *Step) Leaves() bool { return s.Kind == Returns || s.Kind == Leaks }

// Acquire is an acquisition that the function may make of a lock that its
// caller could already hold.
type Acquire struct {
	Path  *path.Node
	Mode  lock.Mode
	Guard Guard
	Steps []Step       // outermost first; the last is the acquisition
	Rules []string     // heap invariants that the identity of the lock rests on
	After []*path.Node // calls of what only the caller knows that may come before
}

// Held is a lock that a function holds, with the steps to its acquisition.
type Held struct {
	Path    *path.Node
	Mode    lock.Mode
	Retaken bool // the function released the caller's hold before it took the lock
	Steps   []Step
}

// Store is a change of memory: address Addr has content Val, which is nil
// where it is not known.
type Store struct{ Addr, Val *path.Node }

// Exit is one distinguishable outcome of a function.
type Exit struct {
	Guard    Guard // over parameters and results
	Held     []Held
	Released []*path.Node
	Later    []*path.Node // locks that are released when the function around the loop returns
	Stores   []Store
	Dirty    []string // classes of memory cells that may have other contents
	Results  []*path.Node
}

// Holds reports whether the function leaves by e with lock p held.
func (e *Exit) Holds(p *path.Node) bool {
	return slices.ContainsFunc(e.Held, func(h Held) bool { return h.Path == p })
}

// Constant returns the constant that result i is where the function leaves by
// e, or "".
func (e *Exit) Constant(i int) string {
	if i < len(e.Results) && e.Results[i] != nil && e.Results[i].Kind == path.Const {
		return e.Results[i].Name
	}
	for _, l := range e.Guard {
		if l.Path.Kind != path.Result || l.Path.Index != i {
			continue
		}
		switch {
		case !l.Neg:
			return l.Const
		case l.Const == "true":
			return "false"
		}
	}
	return ""
}

// Call is a call of what only the caller knows: a function value, or method
// Method of an interface value.
type Call struct {
	Fn       *path.Node
	Method   string   // "" for a function value
	Parts    bool     // of its parts, too, where the value has no such method
	Unless   []string // it is not made where the value has one of these methods
	Args     []*path.Node
	Flags    []Store // fields, from Arg roots, of new objects among the arguments, and the constants in them
	Held     []Held
	Released []*path.Node
	Guard    Guard
	Steps    []Step
	After    []*path.Node // other such calls that may come before
}

// Pair is an acquisition under another lock of the same class: lock re-entry
// where the caller's arguments make the two one lock.
type Pair struct {
	Held  Held
	Taken Acquire
}

// Summary is the effect of a function on its caller.
type Summary struct {
	Acquires []Acquire
	Pairs    []Pair
	Exits    []Exit // none: the function does not return
	Panics   []Exit // the panics that leave a lock held, with the guard and these locks only
	Calls    []Call
	Lost     []*path.Node // locks of which nothing is known after a call: whoever held them may not hold them any more
	Kept     []*path.Node // what the caller passed and went where it is not followed
	Unsure   bool         // a bound was hit: any lock may have been taken or released
	// Literals are the function literals that the values in this summary
	// refer to.
	Literals []FuncLiteral

	told *[]bool // by parameter, what TellsOf returns; nil until it is asked
}

// FuncLiteral is the summary of a function literal, known by its name only.
type FuncLiteral struct {
	Name    string
	Summary *Summary
}

// Values calls f with every value that the function returns, stores or passes
// on.
func (s *Summary) Values(f func(*path.Node)) {
	for i := range s.Exits {
		for _, r := range s.Exits[i].Results {
			f(r)
		}
		for _, st := range s.Exits[i].Stores {
			f(st.Val)
		}
	}
	for i := range s.Calls {
		f(s.Calls[i].Fn)
		for _, a := range s.Calls[i].Args {
			f(a)
		}
		for _, n := range s.Calls[i].After {
			f(n)
		}
	}
	for i := range s.Acquires {
		for _, n := range s.Acquires[i].After {
			f(n)
		}
	}
}

// TellsOf reports whether s tells what becomes of parameter i. After the first
// call s must not change.
func (s *Summary) TellsOf(i int) bool {
	if s.told == nil {
		told := []bool{}
		s.Values(func(n *path.Node) {
			n.Any(func(m *path.Node) bool {
				if m.Kind == path.Param {
					for len(told) <= m.Index {
						told = append(told, false)
					}
					told[m.Index] = true
				}
				return false
			})
		})
		s.told = &told
	}
	return i < len(*s.told) && (*s.told)[i]
}

// Guards yields the conditions of what s does.
func (s *Summary) Guards() iter.Seq[Guard] {
	return func(yield func(Guard) bool) {
		if s == nil {
			return
		}
		for i := range s.Acquires {
			if !yield(s.Acquires[i].Guard) {
				return
			}
		}
		for i := range s.Pairs {
			if !yield(s.Pairs[i].Taken.Guard) {
				return
			}
		}
		for i := range s.Calls {
			if !yield(s.Calls[i].Guard) {
				return
			}
		}
		for _, exits := range [][]Exit{s.Exits, s.Panics} {
			for i := range exits {
				if !yield(exits[i].Guard) {
					return
				}
			}
		}
	}
}

// Trivial reports whether s tells a caller nothing: no locks, no callbacks,
// and one outcome of which nothing is known.
func (s *Summary) Trivial() bool {
	if len(s.Acquires)+len(s.Pairs)+len(s.Lost)+len(s.Kept)+len(s.Panics) > 0 || len(s.Calls) > 0 || len(s.Exits) != 1 {
		return false
	}
	e := &s.Exits[0]
	if len(e.Held)+len(e.Released)+len(e.Stores)+len(e.Dirty)+len(e.Guard) > 0 {
		return false
	}
	for _, r := range e.Results {
		if r != nil {
			return false
		}
	}
	return true
}

// Locks reports whether s has any effect on locks, its own or through
// functions that the caller passes.
func (s *Summary) Locks() bool {
	if s == nil {
		return false
	}
	return len(s.Calls) > 0 || s.Acts()
}

// Acts reports whether s itself takes or leaves a lock.
func (s *Summary) Acts() bool {
	return len(s.Acquires)+len(s.Pairs)+len(s.Panics) > 0 || s.leaves()
}

// Leaves reports whether after s a lock may be held or released that was not before,
// by itself or by functions that the caller passes.
func (s *Summary) Leaves() bool {
	if s == nil {
		return false
	}
	return len(s.Calls) > 0 || s.leaves()
}

func (s *Summary) leaves() bool {
	if len(s.Lost) > 0 {
		return true
	}
	for i := range s.Exits {
		if len(s.Exits[i].Held)+len(s.Exits[i].Released) > 0 {
			return true
		}
	}
	return false
}
