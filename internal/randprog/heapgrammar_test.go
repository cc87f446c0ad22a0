package randprog

import (
	"fmt"
	"strings"
)

// wire writes a statement that makes or connects objects.
func (g *heapGenerator) wire() {
	if g.chance(g.care) {
		g.careful()
		return
	}
	switch g.upTo(4) {
	case 0, 1:
		g.insert(g.owner(), g.kid())
	case 2, 3:
		g.setBack(g.kid(), g.owner())
	default:
		if ks := g.vars['k']; len(ks) > 0 && g.chance(50) {
			g.line("%s.next = %s", ks[0], g.kid())
		} else {
			g.line("%s.peer = %s", g.owner(), g.owner())
		}
	}
}

// careful writes a statement that makes objects, or connects those that
// belong together.
func (g *heapGenerator) careful() {
	switch n := g.upTo(9); {
	case n < 3:
		g.newKid()
	case n < 5:
		g.again()
	case n == 5:
		g.remove(g.owner())
	case n < 8:
		g.call()
	default:
		g.setCallback()
	}
}

// again puts a kid into another place of its owner, or sets its back pointer
// to what it is.
func (g *heapGenerator) again() {
	ks := g.vars['k']
	if len(ks) == 0 {
		o := g.owner()
		g.insert(o, g.held(o))
		return
	}
	k := g.pick(ks...)
	o, made := g.made[k]
	if !made {
		o = k + "." + g.backOf()
	}
	if g.chance(70) || !made {
		g.insert(o, k)
	} else {
		g.setBack(k, o)
	}
}

func (g *heapGenerator) newOwner() {
	o := g.fresh('o')
	g.line("%s := newOwner()", o)
	g.declare('o', o)
}

// newKid declares a kid that is new, and perhaps puts it into its owner.
func (g *heapGenerator) newKid() {
	k, o := g.fresh('k'), g.owner()
	if c := g.callFor("k"); c != "" && g.chance(30) {
		g.line("%s := %s", k, c)
		g.declare('k', k)
		return
	}
	var set []string
	add, late := g.at == 0, []string{}
	for _, f := range g.back {
		of := o
		if !add && !g.chance(g.care) {
			of = g.owner()
		}
		switch {
		case g.chance(15):
			late = append(late, f)
		case f == "link.of":
			set = append(set, fmt.Sprintf("link: &Link{of: %s}", of))
		default:
			set = append(set, f+": "+of)
		}
	}
	g.line("%s := &Kid{%s}", k, strings.Join(set, ", "))
	g.declare('k', k)
	g.made[k] = o
	insert := func() {
		if add || g.chance(60) {
			g.insert(o, k)
		}
	}
	early := g.chance(40)
	if early {
		insert()
	}
	for _, f := range late {
		if g.chance(g.care) {
			g.setField(k, f, o)
		}
	}
	if !early {
		insert()
	}
}

// insert puts kid k into one of the places of o.
func (g *heapGenerator) insert(o, k string) {
	switch into := g.pick(g.into...); into {
	case "one":
		if g.made[k] == o && g.chance(30) {
			g.line("%s.next = %s.one", k, o)
		}
		g.line("%s.one = %s", o, k)
	case "kids":
		g.line("%s.kids = append(%s.kids, %s)", o, o, k)
	case "byKey":
		g.line("%s.byKey[%s] = %s", o, g.number(), k)
	case "queue":
		g.line("%s.queue <- %s", o, k)
	}
}

// setBack sets a back pointer of k.
func (g *heapGenerator) setBack(k, o string) { g.setField(k, g.pick(g.back...), o) }

func (g *heapGenerator) setField(k, f, o string) {
	switch {
	case f == "link.of":
		g.line("%s.link = &Link{of: %s}", k, o)
	default:
		g.line("%s.%s = %s", k, f, o)
	}
}

// remove takes a kid out of one of the places of o.
func (g *heapGenerator) remove(o string) {
	switch into := g.pick(g.into...); into {
	case "byKey":
		g.line("delete(%s.byKey, %s)", o, g.number())
	case "kids":
		g.line("%s.kids = %s", o, g.pick("nil", o+".kids[1:]", o+".kids[1:]"))
	case "one":
		g.line("%s.one = nil", o)
	default:
		g.line("<-%s.queue", o)
	}
}

// setCallback stores a function in a field.
func (g *heapGenerator) setCallback() {
	field := g.owner() + ".hook"
	if len(g.vars['k']) > 0 && g.chance(30) {
		field = g.pick(g.vars['k']...) + ".done"
	}
	if f := g.function0(); f != "" && g.chance(50) {
		g.line("%s = %s", field, f)
		return
	}
	g.line("%s = func() {", field)
	g.lit()
	g.line("}")
}

// function0 returns an expression for a function without parameters.
func (g *heapGenerator) function0() string {
	if fs := g.vars['f']; len(fs) > 0 && g.chance(40) {
		return g.pick(fs...)
	}
	for _, s := range g.sigs[:g.at] {
		if s.params == "" && s.result == "" && !s.open && g.chance(60) {
			switch s.recv {
			case 'o':
				return g.owner() + "." + s.name
			case 'k':
				return g.kid() + "." + s.name
			}
		}
	}
	return g.owner() + ".mu." + g.pick("Lock", "Unlock")
}

// lit writes the body of a function literal.
func (g *heapGenerator) lit() {
	loop, res := g.inLoop, g.result
	g.inLoop, g.result = false, ""
	g.nested(uses)
	g.inLoop, g.result = loop, res
}

// call writes a call as a statement; its results are often used.
func (g *heapGenerator) call() {
	s := g.callee()
	c := g.callTo(s)
	if s.result == "" || g.chance(20) {
		g.line("%s", c)
		return
	}
	v := g.fresh(s.result[0])
	g.line("%s := %s", v, c)
	g.declare(s.result[0], v)
}

// callee chooses a function: most often one that stands above.
func (g *heapGenerator) callee() heapSignature {
	last := g.at - 1
	if g.sigs[g.at].role == uses && g.chance(10) {
		last = len(g.sigs) - 1
	}
	if s := g.sigs[g.upTo(max(last, 0))]; !s.open {
		return s
	}
	return g.sigs[0]
}

// callFor returns a call of a function above with the result, if there is one.
func (g *heapGenerator) callFor(result string) string {
	for _, s := range g.sigs[:g.at] {
		if s.result == result && !s.open && g.chance(60) {
			return g.callTo(s)
		}
	}
	return ""
}

// callTo returns a call of s with arguments that are in scope.
func (g *heapGenerator) callTo(s heapSignature) string {
	switch s.recv {
	case 'o':
		return g.callOn(g.owner(), s)
	case 'k':
		return g.callOn(g.kid(), s)
	}
	return g.callOn("", s)
}

// callOn returns a call of s on the receiver, if it is a method.
func (g *heapGenerator) callOn(recv string, s heapSignature) string {
	var args []string
	for _, kind := range []byte(s.params) {
		switch kind {
		case 'o':
			args = append(args, g.owner())
		case 'k':
			args = append(args, g.kid())
		case 'b':
			args = append(args, g.pick("true", "false", "input()"))
		case 'n':
			args = append(args, g.number())
		case 'i':
			args = append(args, g.boss())
		case 'f':
			args = append(args, g.function0())
		}
	}
	list := strings.Join(args, ", ")
	if recv != "" {
		return fmt.Sprintf("%s.%s(%s)", recv, s.name, list)
	}
	return fmt.Sprintf("%s(%s)", s.name, list)
}
