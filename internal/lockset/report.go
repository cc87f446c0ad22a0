package lockset

import (
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Finding is a lock re-entry: on a feasible path the function at Pos holds a
// lock and reaches, by Steps, an acquisition of the same lock.
type Finding struct {
	Code  lock.Code
	Func  *ssa.Function
	Pos   token.Pos
	Held  []summary.Step // how the lock came to be held
	Steps []summary.Step // from Pos to the second acquisition
	Rules []string       // heap invariants that the identity of the lock rests on

	lock     *path.Node
	captured ssa.Value             // the variable of the function around that the lock is in
	parts    []ssa.CallInstruction // that made what the function which runs later captured
	when     summary.Guard         // what is true on the path, as callers of the function say it
	met      bool                  // in a loop body: some turn may take the path
}

// Lock returns what the function would write for the lock, or nothing where it has no
// name for it.
func (f *Finding) Lock() string {
	name, ok := f.lock.NameIn(f.Func)
	if !ok {
		return ""
	}
	return name
}

// report notes that acquisition a, reached from site, meets the held lock l.
func (x *executor) report(l *lockState, site ssa.CallInstruction, a *summary.Acquire) {
	x.reportAt(l, underLock(l, site, a), a)
}

// reportAt is report for an acquisition that is reached from pos.
func (x *executor) reportAt(l *lockState, pos token.Pos, a *summary.Acquire) {
	if f := x.reentry(l, pos, a); f != nil {
		x.findings = f.addTo(x.findings)
	}
}

// reentry returns the finding that acquisition a, reached from pos, meets the
// held lock l; nil if that is none, or in code that the compiler made.
func (x *executor) reentry(l *lockState, pos token.Pos, a *summary.Acquire) *Finding {
	if (l.mode == lock.Once) != (a.Mode == lock.Once) || !pos.IsValid() {
		return nil
	}
	if g, ok := x.byRules(a.Guard); !ok || x.engine.ownCall(g) {
		return nil
	} else if _, ok := g.AndAll(l.given); !ok {
		return nil
	}
	return &Finding{
		Code: lock.Reentry(l.mode, a.Mode), Func: x.fn, Pos: pos, Held: l.steps,
		Steps: a.Steps, Rules: a.Rules, lock: l.path, captured: x.variable(l.path), when: a.Guard.Visible(),
	}
}

// addTo returns list with f: in the place of the same one with a worse witness,
// or not at all if there is a better one. Of the implementations that a dynamic
// call reaches one is enough.
func (f *Finding) addTo(list []*Finding) []*Finding {
	for i, o := range list {
		if o.Code == f.Code && o.Pos == f.Pos && (o.lock == f.lock || sameEnd(o.Steps, f.Steps) || dynamic(o.Steps) > 0 && dynamic(f.Steps) > 0 && slices.EqualFunc(o.Held, f.Held, sameAcquired)) {
			when := f.when.Meet(o.when)
			if f.better(o) {
				list[i] = f
			}
			list[i].when = when
			return list
		}
	}
	return append(list, f)
}

// sameAcquired reports whether two steps to a held lock are at one place here: by
// which implementation it was taken does not matter.
func sameAcquired(a, b summary.Step) bool {
	return a.Kind == b.Kind && (a.Pos == b.Pos || !a.Here && !b.Here)
}

// sameEnd reports whether two witnesses end in the same acquisition: in a loop
// one lock may be held by more than one name.
func sameEnd(a, b []summary.Step) bool {
	m, n := a[len(a)-1], b[len(b)-1]
	return m.At == n.At && m.Text == n.Text
}

// better prefers the witness with fewer calls, then with fewer dynamic calls,
// then the one that stands first in the source.
func (f *Finding) better(o *Finding) bool {
	if a, b := len(f.Steps)+len(f.Held), len(o.Steps)+len(o.Held); a != b {
		return a < b
	}
	if a, b := dynamic(f.Steps), dynamic(o.Steps); a != b {
		return a < b
	}
	return slices.CompareFunc(f.Held, o.Held, func(a, b summary.Step) int {
		if !a.Here || !b.Here {
			return 0 // files have no order
		}
		return int(a.Pos - b.Pos)
	}) < 0
}

// dynamic returns how many of the steps are dynamic calls.
func dynamic(steps []summary.Step) (n int) {
	for _, s := range steps {
		if s.Dynamic {
			n++
		}
	}
	return n
}

// underLock returns the place of the call under the lock l by which a is
// reached from site. Of a range-over-func loop it is in the body, unless the
// lock is that of the iterator.
func underLock(l *lockState, site ssa.CallInstruction, a *summary.Acquire) token.Pos {
	pos := position(site)
	if site.Pos().IsValid() || len(l.steps) > 0 && l.steps[0].Here && l.steps[0].Pos == pos && !inBody(l.steps, pos).IsValid() {
		return pos
	}
	if body := inBody(a.Steps, pos); body.IsValid() {
		return body
	}
	return pos
}

// inBody returns the first place in the loop body among steps, of a loop at
// pos: the steps of the iterator are not of the function at hand.
func inBody(steps []summary.Step, pos token.Pos) token.Pos {
	for _, s := range steps {
		if s.Here && s.Pos.IsValid() && s.Pos != pos {
			return s.Pos
		}
	}
	return token.NoPos
}

// step returns a step of the function at hand at the instruction site.
func (x *executor) step(site ssa.CallInstruction, kind summary.StepKind, text string, dynamic bool) summary.Step {
	return x.stepAt(position(site), kind, text, dynamic)
}

// position returns where the call is in the source. That of an iterator by a
// range-over-func loop is the loop.
func position(site ssa.CallInstruction) token.Pos {
	if site.Pos().IsValid() {
		return site.Pos()
	}
	for _, a := range site.Common().Args {
		if mc, ok := a.(*ssa.MakeClosure); ok && isLoopBody(mc.Fn.(*ssa.Function)) {
			return mc.Fn.Pos()
		}
	}
	return token.NoPos
}

func (x *executor) stepAt(pos token.Pos, kind summary.StepKind, text string, dynamic bool) summary.Step {
	return summary.Step{Func: x.name, Text: text, At: x.at(pos), Kind: kind, Dynamic: dynamic, Pos: pos, Here: true}
}

// at renders pos as the base name of the file and the line.
func (x *executor) at(pos token.Pos) string {
	at, ok := x.places[pos]
	if !ok {
		p := x.engine.Prog.Fset.Position(pos) // as reports have it, of cgo files, too
		at = fmt.Sprintf("%s:%d", filepath.Base(p.Filename), p.Line)
		x.places[pos] = at
	}
	return at
}

// display names the target of a call for people.
func (x *executor) display(t target) string {
	if t.fn != nil {
		return Display(t.fn)
	}
	return t.name
}

// Display returns the name of fn as Go programmers write it: F, T.M, and for
// closures the function around.
func Display(fn *ssa.Function) string {
	fn = path.Generic(fn)
	if fn.Parent() != nil {
		return "func literal in " + Display(path.Outermost(fn))
	}
	name := fn.Name()
	if recv := fn.Signature.Recv(); recv != nil {
		if owner := path.OwnerName(recv.Type()); owner != "" {
			name = owner[strings.LastIndexByte(owner, '.')+1:] + "." + name
		}
	}
	return name
}

// operation names the operation on a lock at f's site: as it is written, or,
// where a local variable hides where the lock is, by its path.
func (x *executor) operation(f *frame) string {
	written := x.source(f.site)
	if f.value != nil && f.value.Kind != path.Func { // of sync.OnceFunc
		if f.depth > 0 {
			written = f.name // the call at the site is another one
		}
		return written + "()"
	}
	dot := strings.LastIndexByte(written, '.')
	if len(f.args) == 0 || f.args[0] == nil || dot < 0 {
		return written
	}
	name, ok := f.args[0].NameIn(x.fn)
	if !ok || firstName(name) == firstName(written) {
		return written
	}
	return name + written[dot:]
}

// isMethodValue reports whether fn is what calls the method of a method value, which is
// written nowhere.
func isMethodValue(fn *ssa.Function) bool { return fn != nil && strings.HasSuffix(fn.Name(), "$bound") }

// operationOn names the operation that the method value makes on what it captured.
func (x *executor) operationOn(value *path.Node, operation string) string {
	if value == nil || value.Kind != path.Closure || len(value.Args) == 0 {
		return operation
	}
	name, ok := value.Args[0].NameIn(x.fn)
	if !ok {
		return operation
	}
	return name + "." + operation[strings.LastIndexByte(operation, '.')+1:]
}

// firstName returns the identifier that a selector starts with.
func firstName(s string) string {
	if i := strings.IndexAny(s, ".[("); i >= 0 {
		return s[:i]
	}
	return s
}

// source returns the operation at site as it is written in the source.
func (x *executor) source(site ssa.CallInstruction) string {
	if s := x.engine.Source(site.Pos()); s != "" {
		return s
	}
	c := site.Common()
	if c.IsInvoke() {
		return c.Method.Name()
	}
	if f := c.StaticCallee(); f != nil {
		return Display(f)
	}
	return "function value"
}

// union returns the sorted union of two sets of rules.
func union(a, b []string) []string {
	if len(b) == 0 {
		return a
	}
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}
