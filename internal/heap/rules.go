package heap

import (
	"fmt"
	"go/types"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// rule is an inverse-field invariant: for all objects x of type owner, each
// object that x.field reaches by the road has back == x.
type rule struct {
	key    string
	owner  string       // type of x
	field  string       // first field of the cycle
	road   []*path.Node // steps after the field, up to the object with the back path
	back   []*path.Node // steps from that object back to x
	state  state
	reason string // why it was rejected
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
	start := p
	var used []string
	if q, text := h.alias(fn, p); q != nil {
		p, used = q, append(used, text)
	}
	for range maxCuts {
		q, text := h.cut(fn, p)
		if q == nil {
			break
		}
		p, used = q, append(used, text)
	}
	if p == start && h.proofs == 0 {
		if h.straight == nil {
			h.straight = map[*path.Node]bool{}
		}
		h.straight[p] = true
	}
	return p, used
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
				if h.holds(r) {
					text := ""
					if fn != nil {
						text = r.text(fn, start)
					}
					return h.Table.Replace(p, end, start), text
				}
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
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// candidates returns the rules that would make end the same object as start:
// one for each step that may begin the back path.
func (h *Heap) candidates(start, end *path.Node) []*rule {
	var steps []*path.Node
	for n := end; n != start; n = n.Parent {
		steps = append([]*path.Node{n}, steps...)
	}
	first := steps[0]
	var out []*rule
	for i, n := range steps {
		begins := n.Kind == path.Field && n.Owner != "" || n.Kind == path.Capture
		if i > 0 && begins && fields(steps[i:]) <= maxBack {
			out = append(out, h.rule(first, steps[1:i], steps[i:]))
		}
	}
	return out
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

func (h *Heap) rule(first *path.Node, road, back []*path.Node) *rule {
	var key strings.Builder
	fmt.Fprintf(&key, "%s.%s", first.Owner, first.Name)
	write := func(steps []*path.Node) {
		key.WriteByte('|')
		for _, n := range steps {
			fmt.Fprintf(&key, " %d:%s.%s", class(n), n.Owner, n.Name)
			if n.Kind == path.Capture {
				fmt.Fprintf(&key, "#%d", n.Index)
			}
		}
	}
	write(road)
	write(back)
	if h.rules == nil {
		h.rules = map[string]*rule{}
	}
	r := h.rules[key.String()]
	if r == nil {
		r = &rule{key: key.String(), owner: first.Owner, field: first.Name, road: road, back: back}
		h.rules[r.key] = r
	}
	return r
}

// class groups the kinds of steps that a rule does not tell apart.
func class(n *path.Node) path.Kind {
	switch n.Kind {
	case path.Index, path.Lookup, path.Part:
		return path.Elem
	}
	return n.Kind
}

// holds reports whether r is proved, or taken for true in a proof going on.
func (h *Heap) holds(r *rule) bool {
	if r.state == unchecked {
		r.state = checking
		h.proofs++
		defer func() { h.proofs-- }()
		if reason := h.check(r); reason != "" {
			r.state, r.reason = rejected, reason
		} else {
			r.state = proved
		}
	}
	return r.state != rejected
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

// text words the rule for the object at start in function fn.
func (r *rule) text(fn *ssa.Function, start *path.Node) string {
	x := name(fn, start)
	if r.back[0].Kind == path.Capture {
		return fmt.Sprintf("the function in %s.%s captured %s", x, r.field, x)
	}
	var back []string
	for _, n := range r.back {
		if n.Kind == path.Field {
			back = append(back, n.Name)
		}
	}
	if r.contained() {
		return fmt.Sprintf("every %s in %s.%s has %s == %s", typeWord(r.back[0].Owner), x, r.field, strings.Join(back, "."), x)
	}
	return fmt.Sprintf("%s.%s.%s == %s", x, r.field, strings.Join(back, "."), x)
}

// typeWord returns the name of a qualified type in lower case.
func typeWord(owner string) string {
	name := owner[strings.LastIndexByte(owner, '.')+1:]
	r, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(r)) + name[n:]
}

// name renders the object n as the source of fn would write it, or by its
// type where it has no name.
func name(fn *ssa.Function, n *path.Node) string {
	if s, ok := n.NameIn(fn); ok {
		return s
	}
	if t := n.Type(); t != nil {
		if o := path.OwnerName(t); o != "" {
			return "the " + typeWord(o)
		}
	}
	return "it"
}

// Rules describes every rule that was looked for, sorted: what it says, and
// whether it is proved or what rejects it.
func (h *Heap) Rules() []string {
	var out []string
	for _, r := range h.rules {
		verdict := "proved"
		if r.state == rejected {
			verdict = "rejected: " + r.reason
		}
		out = append(out, fmt.Sprintf("%s: %s", r.statement(), verdict))
	}
	slices.Sort(out)
	return out
}

// statement words the rule without an object at hand.
func (r *rule) statement() string {
	var b strings.Builder
	fmt.Fprintf(&b, "x %s .%s", r.owner, r.field)
	for _, steps := range [][]*path.Node{r.road, r.back} {
		b.WriteString(" |")
		for _, n := range steps {
			switch n.Kind {
			case path.Field:
				b.WriteString(" ." + n.Name)
			case path.Deref:
				b.WriteString(" *")
			case path.Capture:
				fmt.Fprintf(&b, " captured(%s, %d)", n.Name, n.Index)
			default:
				b.WriteString(" []")
			}
		}
	}
	b.WriteString(" == x")
	return b.String()
}
