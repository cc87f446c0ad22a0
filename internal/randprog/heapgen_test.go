package randprog

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// heapGenerator writes a program with heap objects. It keeps to a few
// containers and back pointers, so that the functions have to do with each other.
type heapGenerator struct {
	generator
	into, back []string // fields that kids are put into, and that lead back
	care       int      // percentage of the stores that connect what belongs together
	sigs       []heapSignature
	made       map[string]string // owners of the kids that were made here
}

// heapPrograms generates random programs with heap objects.
var heapPrograms = rapid.Custom(func(t *rapid.T) source {
	g := &heapGenerator{generator: generator{t: t}}
	g.out.WriteString(heapPrelude)
	g.program()
	return source(g.out.String())
})

func (g *heapGenerator) program() {
	g.into = g.some("one", "kids", "kids", "byKey", "queue")
	g.back = g.some("owner", "owner", "link.of")
	if g.chance(25) {
		g.back = append(g.back, "boss")
	}
	g.care = []int{100, 97, 90, 60}[g.upTo(3)]
	g.sigs = append(g.sigs, heapSignature{name: "add", recv: 'o', result: "k", role: makes})
	for i := range g.upTo(1) {
		g.sigs = append(g.sigs, heapSignature{
			name: fmt.Sprintf("m%c", 'a'+i), recv: g.kind("\x00o"), params: g.pick("", "o", "o", "ok"),
			result: g.pick("k", "k", "o"), role: makes,
		})
	}
	for i := range g.upTo(2) + 1 {
		g.sigs = append(g.sigs, heapSignature{
			name: fmt.Sprintf("w%c", 'a'+i), recv: g.kind("\x00ook"), params: g.pick("", "k", "o", "ok", "oo", "b", "i"),
			result: g.pick("", "", "k"), role: wires,
		})
	}
	for i := range g.upTo(3) + 1 {
		g.sigs = append(g.sigs, heapSignature{
			name: fmt.Sprintf("u%c", 'a'+i), recv: g.kind("\x00ookk"), params: g.pick("", "", "k", "o", "b", "ok", "f", "n", "i"),
			result: g.pick("", "", "", "k", "o", "f"), role: uses,
		})
	}
	g.sigs = append(g.sigs,
		heapSignature{name: "poke", recv: 'o', params: "k", role: uses, open: g.chance(50)},
		heapSignature{name: "poke", recv: 'k', params: "k", role: uses, open: g.chance(50)})
	for i := range g.sigs {
		s := &g.sigs[i]
		s.open = s.open || i > 0 && g.chance(40)
		if s.recv == 0 && !strings.ContainsAny(s.params, "ok") && s.role != makes {
			s.params += "o"
		}
	}
	for i := range g.sigs {
		g.at = i
		g.function(g.sigs[i])
	}
}

// some returns one or two of the names.
func (g *heapGenerator) some(names ...string) []string {
	out := []string{g.pick(names...)}
	if other := g.pick(names...); g.chance(40) && other != out[0] {
		out = append(out, other)
	}
	return out
}

// The choices are even, unlike those of rapid.
func (g *heapGenerator) upTo(n int) int {
	x := 0
	for range 8 {
		x *= 2
		if rapid.Bool().Draw(g.t, "bit") {
			x++
		}
	}
	return x * (n + 1) / 256
}

func (g *heapGenerator) chance(percent int) bool { return g.upTo(99) >= 100-percent }

func (g *heapGenerator) pick(of ...string) string { return of[g.upTo(len(of)-1)] }

func (g *heapGenerator) kind(of string) byte { return of[g.upTo(len(of)-1)] }

// function writes one function.
func (g *heapGenerator) function(s heapSignature) {
	g.vars, g.names, g.budget, g.inLoop, g.result = map[byte][]string{}, 0, 10, false, s.result
	g.made = map[string]string{}
	recv := ""
	if s.recv != 0 {
		name := g.fresh(s.recv)
		g.declare(s.recv, name)
		recv = fmt.Sprintf("(%s %s) ", name, heapKinds[s.recv])
	}
	var params []string
	for _, kind := range []byte(s.params) {
		name := g.fresh(kind)
		g.declare(kind, name)
		params = append(params, name+" "+heapKinds[kind])
	}
	result := ""
	if s.result != "" {
		result = " " + heapKinds[s.result[0]]
	}
	g.line("")
	g.line("func %s%s(%s)%s {", recv, s.name, strings.Join(params, ", "), result)
	g.scope(func() {
		if s.role == makes {
			g.makes(s)
		} else if !g.block(s.role) && s.result != "" {
			g.returns()
		}
	})
	g.line("}")
}

// makes writes the body of a constructor.
func (g *heapGenerator) makes(s heapSignature) {
	if s.result == "o" || len(g.vars['o']) == 0 {
		g.newOwner()
	}
	if s.result == "k" {
		g.newKid()
	}
	for range g.upTo(3) {
		if s.name != "add" {
			g.wire()
		}
	}
	made := g.vars[s.result[0]]
	g.line("return %s", made[len(made)-1])
}

// block writes statements, and reports whether the last one leaves the block.
func (g *heapGenerator) block(r role) bool {
	for range g.upTo(3) + 1 {
		if g.budget--; g.budget < 0 {
			return false
		}
		if wire := r == wires; g.chance(15) != wire {
			g.wire()
		} else if g.use(r) {
			return true
		}
	}
	return false
}

// nested writes a block of its own.
func (g *heapGenerator) nested(r role, names ...string) {
	g.scope(func() {
		for _, name := range names {
			g.declare(name[0], name)
		}
		g.block(r)
	})
}

// owner returns an expression for an *Owner.
func (g *heapGenerator) owner() string {
	os := g.vars['o']
	if len(os) > 0 && g.chance(70) {
		if g.at == 0 || g.chance(70) {
			return os[0]
		}
		return g.pick(os...) + g.pick("", "", "", "", "", "", ".peer")
	}
	if back := g.backOf(); len(g.vars['k']) > 0 && back != "" {
		return g.pick(g.vars['k']...) + "." + back
	}
	if len(os) > 0 {
		return os[0]
	}
	if len(g.vars['k']) > 0 {
		return g.pick(g.vars['k']...) + ".owner"
	}
	return "newOwner()"
}

// backOf returns a back path to an *Owner.
func (g *heapGenerator) backOf() string {
	back := slices.DeleteFunc(slices.Clone(g.back), func(s string) bool { return s == "boss" })
	if len(back) == 0 {
		return ""
	}
	return g.pick(back...)
}

// kid returns an expression for a *Kid.
func (g *heapGenerator) kid() string {
	if ks := g.vars['k']; len(ks) > 0 && g.chance(75) {
		return g.pick(ks...)
	}
	return g.held(g.owner())
}

// held returns an expression for a kid that o keeps.
func (g *heapGenerator) held(o string) string {
	switch into := g.pick(g.into...); into {
	case "one":
		return o + ".one"
	case "queue":
		if ks := g.vars['k']; len(ks) > 0 {
			return ks[0]
		}
		return o + ".add()"
	case "kids":
		return o + ".kids[0]"
	default:
		return fmt.Sprintf("%s.%s[%s]", o, into, g.number())
	}
}

func (g *heapGenerator) number() string {
	if g.at == 0 {
		return "0"
	}
	if ns := g.vars['n']; len(ns) > 0 && g.chance(60) {
		return g.pick(ns...)
	}
	return g.pick("0", "0", "0", "0", "1")
}

// boss returns an expression for a Boss.
func (g *heapGenerator) boss() string {
	if is := g.vars['i']; len(is) > 0 && g.chance(50) {
		return g.pick(is...)
	}
	if slices.Contains(g.back, "boss") && len(g.vars['k']) > 0 && g.chance(60) {
		return g.pick(g.vars['k']...) + ".boss"
	}
	if g.chance(10) {
		return g.kid()
	}
	return g.owner()
}
