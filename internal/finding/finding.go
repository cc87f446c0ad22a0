// Package finding turns what the analysis found into text: one line that
// tells the whole path, and the steps of the path one by one.
package finding

import (
	"fmt"
	"go/token"
	"strings"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Finding is a lock re-entry at Pos.
type Finding struct {
	Code  lock.Code
	Pos   token.Pos
	Held  []summary.Step // how the lock came to be held; the acquisition comes last, or a return that leaves it held
	Steps []summary.Step // from Pos to the second acquisition, which comes last
	Rules []string       // invariants of the heap that the identity of the lock rests on
	Lock  string         // what the function at Pos would write for the lock; empty where it has no name for it

	Others []token.Pos // where the lock is met, too, that a leak has left held

	// Possible tells that nothing is known of the identity of the lock: the
	// last of Rules is a condition.
	Possible bool
}

// PossiblePrefix starts the category of a possible re-entry.
const PossiblePrefix = "possible-"

// Category returns the code of f, marked if f is only possible.
func (f *Finding) Category() string {
	if f.Possible {
		return PossiblePrefix + string(f.Code)
	}
	return string(f.Code)
}

// Message returns the finding in one line: what happens, where the lock was
// taken, the calls, and the second acquisition.
func (f *Finding) Message() string {
	var b strings.Builder
	first := acquisition(f.Held)
	fmt.Fprintf(&b, "%s %s: locked at %s", operand(first.Text), f.Code.Verb(), first.At)
	if at := lockedBy(f.Held); at != "" && at != first.At {
		fmt.Fprintf(&b, " (called at %s%s)", at, f.alias(operand(first.Text)))
	}
	if left := returns(f.Held); left != nil {
		fmt.Fprintf(&b, " and still held when %s returns at %s", left.Func, left.At)
	} else if left := panics(f.Held); left != nil {
		fmt.Fprintf(&b, " and still held when %s panics at %s", left.Func, left.At)
	}
	steps := written(f.Steps)
	last := steps[len(steps)-1]
	calls := steps[:len(steps)-1]
	b.WriteString(", then ")
	for i, c := range shorten(calls) {
		if i > 0 {
			b.WriteString(" → ")
		}
		b.WriteString(c)
	}
	if len(calls) > 0 {
		b.WriteString(" → ")
	}
	fmt.Fprintf(&b, "%s at %s", last.Text, last.At)
	for _, r := range f.Rules {
		fmt.Fprintf(&b, " (%s)", r)
	}
	fmt.Fprintf(&b, " [%s]", f.Category())
	return b.String()
}

// nowhere is the place of what is not written in any source.
const nowhere = ".:0"

// alias tells what the function at hand would write for a lock that a wrapper has taken,
// unless that is what the wrapper writes.
func (f *Finding) alias(name string) string {
	if f.Lock == "" || f.Lock == name {
		return ""
	}
	return ", where it is " + f.Lock
}

// written leaves out the calls that stand in no source, such as the one in the
// wrapper that a method value makes. Who calls the wrapper is said to call what
// the wrapper calls.
func written(steps []summary.Step) []summary.Step {
	var out []summary.Step
	for _, s := range steps {
		if n := len(out); n > 0 && s.At == nowhere && s.Kind == summary.Calls && out[n-1].Kind == summary.Calls {
			out[n-1].Text = s.Text
			continue
		}
		out = append(out, s)
	}
	return out
}

// maxCalls is the number of calls that a message names one by one.
const maxCalls = 6

// shorten names the calls, leaving out the middle of a long chain.
func shorten(calls []summary.Step) []string {
	var out []string
	for i, c := range calls {
		if len(calls) > maxCalls && i >= maxCalls-2 && i < len(calls)-2 {
			if i == maxCalls-2 {
				out = append(out, fmt.Sprintf("… (%d calls)", len(calls)-maxCalls))
			}
			continue
		}
		out = append(out, c.Text)
	}
	return out
}

func acquisition(held []summary.Step) summary.Step {
	for _, s := range held {
		if s.Kind == summary.Locks {
			return s
		}
	}
	return summary.Step{Text: "lock", At: "?"}
}

// lockedBy returns where the function that holds the lock calls what has taken it, a
// wrapper of it for one; "" if it has taken it itself.
func lockedBy(held []summary.Step) string {
	if len(held) == 0 || held[0].Kind != summary.Calls || held[0].At == nowhere {
		return ""
	}
	return held[0].At
}

// returns gives the return that leaves the lock held, if a callee did.
func returns(held []summary.Step) *summary.Step {
	for i := range held {
		if held[i].Leaves() {
			return &held[i]
		}
	}
	return nil
}

// panics gives the panic that leaves the lock held, for the deferred calls to meet.
func panics(held []summary.Step) *summary.Step {
	if n := len(held) - 1; n >= 0 && held[n].Kind == summary.Panics {
		return &held[n]
	}
	return nil
}

// operand cuts the method off an operation as written: px.mu of px.mu.Lock, and
// f of the call f() of a function that is its own lock.
func operand(op string) string {
	if f, ok := strings.CutSuffix(op, "()"); ok {
		return f
	}
	if i := strings.LastIndexByte(op, '.'); i > 0 {
		return op[:i]
	}
	return op
}

// Related is one step of the path, as a position with a text. Steps whose
// source is not at hand sit at the step that leads to them.
type Related struct {
	Pos  token.Pos
	Text string
}

// Path returns the steps of the finding in the order of execution.
func (f *Finding) Path() []Related {
	var out []Related
	add := func(steps []summary.Step, at token.Pos) {
		for _, s := range written(steps) {
			if s.Pos.IsValid() {
				at = s.Pos
			}
			out = append(out, Related{at, describe(s)})
		}
	}
	add(f.Held, f.Pos)
	add(f.Steps, f.Pos)
	for _, pos := range f.Others {
		out = append(out, Related{pos, "the lock that is left held is met here, too"})
	}
	return out
}

func describe(s summary.Step) string {
	how := ""
	if s.Dynamic {
		how = " (dynamic call)"
	}
	switch s.Kind {
	case summary.Calls:
		return fmt.Sprintf("%s calls %s at %s%s", s.Func, s.Text, s.At, how)
	case summary.Returns, summary.Leaks:
		return fmt.Sprintf("%s returns at %s with the lock held", s.Func, s.At)
	case summary.Panics:
		return fmt.Sprintf("%s panics at %s with the lock held", s.Func, s.At)
	}
	return fmt.Sprintf("%s calls %s at %s%s", s.Func, s.Text, s.At, how)
}
