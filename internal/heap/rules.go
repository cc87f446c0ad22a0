package heap

import (
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// rule is an inverse-field invariant: for all objects x of type owner, each
// object that x.field reaches by the road has back == x, or, if shared, back ==
// x.own: the same owner, or the same lock.
type rule struct {
	key    string
	owner  string       // type of x
	field  string       // first field of the cycle
	road   []*path.Node // steps after the field, up to the object with the back path
	back   []*path.Node // steps from that object back to x
	shared bool         // the steps from that object lead where own leads from x
	own    []*path.Node // if shared
	state  state
	rests  int        // the place, among the proofs going on, of the first that it rests on
	reason string     // why it was rejected
	first  *path.Node // the field, on any object
	by     event      // the store that proved or broke it, if one did
}

type state uint8

const (
	unchecked state = iota
	checking        // taken for true within its own proof: the proof is by induction over stores
	proved
	rejected
)

// Canon rewrites p by the inverse fields that hold: every part of it that
// leaves an object and comes back to it is cut out. It returns the rules that
// were used, worded for readers of fn.
func (h *Heap) Canon(fn *ssa.Function, p *path.Node) (*path.Node, []string) {
	if h.straight[p] {
		return p, nil
	}
	k := canonKey{fn, p}
	if c, ok := h.canons[k]; ok {
		return c.path, c.used
	}
	c := canonical{}
	c.path, c.used = h.canon(fn, p)
	if len(h.proving)+len(h.inducing) > 0 {
		return c.path, c.used // it may rest on what is still to be shown
	}
	if h.straight == nil {
		h.straight, h.canons = map[*path.Node]bool{}, map[canonKey]canonical{}
	}
	if c.path == p {
		h.straight[p] = true
	} else {
		h.canons[k] = c
	}
	return c.path, c.used
}

// canonKey is a path and the function whose readers are told of the rules.
type canonKey struct {
	fn   *ssa.Function
	path *path.Node
}

// canonical is what Canon returns.
type canonical struct {
	path *path.Node
	used []string
}

// canon is Canon, worked out.
func (h *Heap) canon(fn *ssa.Function, p *path.Node) (*path.Node, []string) {
	var used []string
	p = h.first(p)
	if q, text := h.alias(fn, p); q != nil {
		p, used = q, append(used, text)
	}
	if q, texts := h.throughLocal(fn, p); q != nil {
		p, used = q, append(used, texts...)
	}
	for range maxCuts {
		q, text := h.self(p)
		if q == nil {
			q, text = h.cut(fn, p)
		}
		if q == nil {
			q, text = h.shared(fn, p)
		}
		if q != nil {
			p, used = q, append(used, text)
			continue
		}
		q, texts := h.induction(p)
		if q == nil {
			break
		}
		p, used = q, append(used, texts...)
	}
	return p, used
}

// first returns p with what variables that are written once contain named alike
// at all places.
func (h *Heap) first(p *path.Node) *path.Node {
	if p.IsRoot() {
		return p
	}
	parent := h.first(p.Parent)
	if p.Kind == path.Deref && p.Site != nil && h.WriteOnce(parent) {
		return h.Table.Deref(parent, nil)
	}
	return h.Table.WithParent(p, parent)
}

// Object rewrites p, the content of a field, by the inverse fields that make it
// an object on the way to it: s.log.out is s where the logger of each s writes
// to s.
func (h *Heap) Object(p *path.Node) *path.Node {
	if p.Kind != path.Deref || p.Parent.Kind != path.Field {
		return p
	}
	if t := p.Type(); t != nil && !hasIdentity(t) { // a number that is formatted
		return p
	}
	steps := fieldSteps(p)
	for _, f := range steps[:len(steps)-1] {
		if q, _ := h.Canon(nil, h.Table.FieldOf(p, f)); q.Kind == path.Field && q.Parent != p { // else unknown
			return q.Parent
		}
	}
	return p
}

// maxCuts bounds the rewrites of one path.
const maxCuts = 4

// cut removes one cycle from p, the innermost first; nil if there is none
// that is known to return to its start.
func (h *Heap) cut(fn *ssa.Function, p *path.Node) (*path.Node, string) {
	fields := fieldSteps(p)
	for j := 1; j <= len(fields); j++ {
		owner, end := pointedAt(p), p
		if j < len(fields) {
			owner, end = fields[j].Owner, fields[j].Parent
		}
		for i := j - 1; i >= 0 && owner != ""; i-- {
			start := fields[i].Parent
			if fields[i].Owner != owner || start == end {
				continue
			}
			for _, r := range h.candidates(start, end) {
				if !h.holds(r) {
					continue
				}
				if h.apart(start, end) || h.neverAt(r, stepsBetween(start, end)) {
					return h.Table.Unknown(), "" // there is nothing like it in this container
				}
				return h.Table.Replace(p, end, start), r.text(fn, start)
			}
		}
	}
	return nil, ""
}

// pointedAt returns the name of the type that p is known to point to, or "".
func pointedAt(p *path.Node) string {
	if t := p.Type(); p.Kind == path.Deref && t != nil {
		if _, pointer := t.Underlying().(*types.Pointer); pointer {
			return path.OwnerName(t)
		}
	}
	return ""
}

// fieldSteps lists the field steps of p from its root on.
func fieldSteps(p *path.Node) []*path.Node {
	var out []*path.Node
	for n := p; n != nil; n = n.Parent {
		if n.Kind == path.Field {
			out = append(out, n)
		}
	}
	slices.Reverse(out)
	return out
}

// stepsBetween lists the steps that lead from start to end.
func stepsBetween(start, end *path.Node) []*path.Node {
	var steps []*path.Node
	for n := end; n != start; n = n.Parent {
		steps = append(steps, n)
	}
	slices.Reverse(steps)
	return steps
}

// candidates returns the rules that would make end the same object as start: one
// for each step that may begin the back path.
func (h *Heap) candidates(start, end *path.Node) []*rule {
	steps := stepsBetween(start, end)
	var out []*rule
	part := func(n *path.Node) bool { return n.Kind == path.Part }
	if end.MayBeInterface() && !slices.ContainsFunc(steps, part) { // an owner that has registered itself, perhaps
		out = append(out, h.rule(steps[0], steps[1:], nil))
	}
	for i, n := range steps {
		begins := n.Kind == path.Field && n.Owner != "" || n.Kind == path.Capture
		if i > 0 && begins && fields(steps[i:]) <= maxBack {
			out = append(out, h.rule(steps[0], steps[1:i], steps[i:]))
		}
	}
	return out
}

// isSlot reports whether the rule says of one field that an object has itself there.
func (r *rule) isSlot() bool {
	return len(r.back) == 0 && !slices.ContainsFunc(r.road, func(n *path.Node) bool { return class(n) == path.Elem })
}

// target names the type of the objects that the back path starts at; it is empty for
// functions.
func (r *rule) target() string {
	if len(r.back) == 0 {
		return r.owner
	}
	return r.back[0].Owner
}

// maxBack bounds the fields of a back path.
const maxBack = 3

func fields(steps []*path.Node) int {
	n := 0
	for _, s := range steps {
		if s.Kind == path.Field {
			n++
		}
	}
	return n
}

func (h *Heap) rule(first *path.Node, road, back []*path.Node, own ...*path.Node) *rule {
	key := append(append(append(h.text[:0], first.Owner...), '.'), first.Name...)
	key = appendSteps(appendSteps(key, road), back)
	if len(own) > 0 {
		key = appendSteps(append(key, " shared"...), own)
	}
	h.text = key
	if h.rules == nil {
		h.rules = map[string]*rule{}
	}
	r := h.rules[string(key)]
	if r == nil {
		r = &rule{key: string(key), owner: first.Owner, field: first.Name, first: first, road: road, back: back, shared: len(own) > 0, own: own}
		h.rules[r.key] = r
	}
	return r
}

// appendSteps adds the steps to the key of a rule.
func appendSteps(key []byte, steps []*path.Node) []byte {
	key = append(key, '|')
	for _, n := range steps {
		key = strconv.AppendInt(append(key, ' '), int64(class(n)), 10)
		key = append(append(append(append(key, ':'), n.Owner...), '.'), n.Name...)
		if n.Kind == path.Capture {
			key = strconv.AppendInt(append(key, '#'), int64(n.Index), 10)
		}
	}
	return key
}

// class groups the kinds of steps that a rule does not tell apart.
func class(n *path.Node) path.Kind {
	switch n.Kind {
	case path.Index, path.Lookup, path.Part, path.Every:
		return path.Elem
	}
	return n.Kind
}

// contained reports whether the road of r leads through a container.
func (r *rule) contained() bool {
	for _, n := range r.road {
		if class(n) == path.Elem || n.Kind == path.Field {
			return true
		}
	}
	return false
}
