package randprog

import (
	"fmt"
	"strings"
)

// use writes a statement that takes locks, looks objects up, or calls. It
// reports whether the statement leaves the block.
func (g *heapGenerator) use(r role) bool {
	deep := g.depth > 4
	switch n := g.upTo(25); {
	case n < 4 && !deep:
		g.section(r)
	case n < 8 && !deep:
		g.visit(r)
	case n < 13:
		g.call()
	case n < 16 && !deep:
		g.loop(r)
	case n < 19:
		g.lookUp(r)
	case n == 19 && !deep:
		g.line("if %s {", g.condition())
		g.nested(r)
		g.line("}")
	case n == 20:
		g.callCallback()
	case n == 21:
		g.line("%s.poke(%s)", g.boss(), g.kid())
	case n == 22:
		g.reassign()
	case n == 23 && g.depth > 1:
		g.returns()
		return true
	case n == 24 && !deep:
		g.line("%s func() {", g.pick("go", "go", "defer"))
		g.lit()
		g.line("}()")
	default:
		g.line("%s.%s()", g.lock(), g.pick("Lock", "Unlock"))
	}
	return false
}

// visit locks an owner, and calls, or locks by way of, one of its kids.
func (g *heapGenerator) visit(r role) {
	o, k := g.owner(), g.fresh('k')
	if g.chance(20) && len(g.vars['k']) > 0 {
		k = g.vars['k'][0] // the other way around
		g.line("%s.Lock()", k)
		g.line("defer %s.Unlock()", k)
		o, k = k+"."+g.backOf(), g.fresh('k')
	} else {
		g.line("%s.mu.Lock()", o)
		g.line("defer %s.mu.Unlock()", o)
	}
	g.atKid(r, k, o, func() {
		if s := g.callee(); s.recv == 'k' && g.chance(60) {
			g.line("%s", g.callOn(k, s))
		} else if l := k + g.pick("", "."+g.backOf()+".mu", "."+g.backOf()+".mu"); g.chance(80) {
			g.line("%s.Lock()", l)
			g.line("%s.Unlock()", l)
		} else {
			g.line("%s.poke(%s)", k, k)
		}
	})
}

// section writes a critical section.
func (g *heapGenerator) section(r role) {
	lock := g.lock()
	take, give := "Lock", "Unlock"
	if strings.HasSuffix(lock, ".rw") && g.chance(60) {
		take, give = "RLock", "RUnlock"
	}
	g.line("%s.%s()", lock, take)
	if g.chance(40) {
		g.line("defer %s.%s()", lock, give)
		return
	}
	g.block(r)
	g.line("%s.%s()", lock, give)
}

// lock returns an expression for a lock.
func (g *heapGenerator) lock() string {
	if g.chance(25) {
		return g.kid() // has it embedded
	}
	return g.owner() + g.pick(".mu", ".mu", ".mu", ".rw")
}

// loop writes a loop over the kids of an owner.
func (g *heapGenerator) loop(r role) {
	was := g.inLoop
	g.inLoop = true
	k, o := g.fresh('k'), g.owner()
	switch into := g.pick(g.into...); into {
	case "one":
		g.line("for %s := %s.one; %s != nil; %s = %s.next {", k, o, k, k, k)
	case "queue":
		g.line("for len(%s.queue) > 0 {", o)
		g.depth++
		g.line("%s := <-%s.queue", k, o)
		g.depth--
	default:
		g.line("for _, %s := range %s.%s {", k, o, into)
	}
	g.nested(r, k)
	g.line("}")
	g.inLoop = was
}

// lookUp gets a kid out of an owner.
func (g *heapGenerator) lookUp(r role) {
	g.atKid(r, g.fresh('k'), g.owner(), func() { g.block(r) })
}

// atKid writes statements f on a kid k of owner o.
func (g *heapGenerator) atKid(r role, k, o string, f func()) {
	switch into := g.pick(g.into...); into {
	case "queue":
		g.line("if len(%s.queue) > 0 {", o)
		g.depth++
		g.line("%s := <-%s.queue", k, o)
		g.depth--
	case "byKey":
		if g.chance(50) {
			g.line("if %s, ok := %s.byKey[%s]; ok {", k, o, g.number())
			break
		}
		fallthrough
	default:
		held := g.held(o)
		if g.chance(30) {
			g.line("%s := %s", k, held)
			g.declare('k', k)
			f()
			return
		}
		if into == "kids" && g.chance(60) || into == "byKey" {
			g.line("for _, %s := range %s.%s {", k, o, into)
		} else {
			g.line("if %s := %s; %s != nil {", k, held, k)
		}
	}
	g.scope(func() { g.declare('k', k); f() })
	g.line("}")
}

// condition returns a condition, most often on what objects are.
func (g *heapGenerator) condition() string {
	eq := g.pick("==", "!=")
	switch g.upTo(5) {
	case 0:
		return fmt.Sprintf("%s %s %s", g.owner(), eq, g.owner())
	case 1:
		return fmt.Sprintf("%s %s %s", g.kid(), eq, g.kid())
	case 2:
		return fmt.Sprintf("%s %s nil", g.kid(), eq)
	case 3:
		return fmt.Sprintf("%s %s nil", g.owner(), eq)
	}
	if bs := g.vars['b']; len(bs) > 0 {
		return g.pick("", "!") + g.pick(bs...)
	}
	return "input()"
}

// callCallback calls a function in a field or a variable.
func (g *heapGenerator) callCallback() {
	if fs := g.vars['f']; len(fs) > 0 && g.chance(60) {
		g.line("%s()", g.pick(fs...))
		return
	}
	f := g.owner() + ".hook"
	if len(g.vars['k']) > 0 && g.chance(30) {
		f = g.pick(g.vars['k']...) + ".done"
	}
	g.line("if %s != nil {", f)
	g.scope(func() { g.line("%s()", f) })
	g.line("}")
}

// reassign gives a variable another object.
func (g *heapGenerator) reassign() {
	if ks := g.vars['k']; len(ks) > 0 && g.chance(50) {
		g.line("%s = %s", g.pick(ks...), g.kid())
	} else if os := g.vars['o']; len(os) > 0 {
		g.line("%s = %s", g.pick(os...), g.owner())
	}
}

func (g *heapGenerator) returns() {
	switch g.result {
	case "":
		g.line("return")
	case "o":
		g.line("return %s", g.owner())
	case "k":
		g.line("return %s", g.kid())
	case "f":
		g.line("return %s", g.function0())
	}
}
