package randprog

import (
	"fmt"
	"strings"
)

// statement writes one statement, and reports whether it leaves the block.
func (g *generator) statement() bool {
	deep := g.depth > 4
	switch n := g.upTo(36); {
	case n < 7 && !deep:
		g.section()
	case n < 13:
		g.call()
	case n < 15 && !deep:
		g.branch()
	case n == 15 && !deep:
		g.loop()
	case n == 16 && !deep:
		g.closure()
	case n == 17:
		g.line("defer %s", g.callOf())
	case n == 18:
		g.starts()
	case n < 21:
		g.variable()
	case n < 24:
		g.store()
	case n == 24 && !deep:
		g.choice()
	case n == 25 && g.depth > 1:
		return g.leave()
	case n == 26 && !deep:
		g.once()
	case n == 27 && g.depth > 1:
		g.line(`panic("no")`)
		return true
	case n < 31 && !deep:
		g.idiom()
	case n == 31 && !deep:
		g.waits()
	case n == 32 && !deep:
		g.asks()
	case n == 33 && g.tells():
		return true
	default:
		g.line("%s.%s()", g.lock(), g.pick("Lock", "Unlock"))
	}
	return false
}

// section writes a critical section in one of the ways that programs have.
func (g *generator) section() {
	lock := g.lock()
	take, give := "Lock", "Unlock"
	if strings.HasSuffix(lock, ".rw") && g.chance(60) {
		take, give = "RLock", "RUnlock"
	}
	flag := g.flag()
	switch g.upTo(8) {
	case 0:
		g.line("%s.%s()", lock, take)
		g.line("defer %s.%s()", lock, give)
	case 1:
		g.line("%s.%s()", lock, take)
		g.line("defer func() {")
		g.closing(fmt.Sprintf("%s.%s()", lock, give))
		g.line("}()")
	case 2:
		g.line("if %s {", flag)
		g.scope(func() { g.line("%s.%s()", lock, take); g.line("defer %s.%s()", lock, give) })
		g.line("}")
	case 3:
		g.when(flag, lock, take)
		g.block()
		g.when(flag, lock, give)
	case 4:
		if lock[0] == 'l' || strings.HasSuffix(lock, ".L") {
			g.runner() // a Locker has no TryLock
			return
		}
		g.line("if %s.Try%s() {", lock, take)
		g.scope(func() {
			if !g.block() {
				g.line("%s.%s()", lock, give)
			}
		})
		g.line("}")
	case 5:
		unlock := g.fresh('f')
		g.line("%s.%s()", lock, take)
		g.line("%s := %s.%s", unlock, lock, give)
		g.block()
		g.line("%s()", unlock)
	default:
		g.line("%s.%s()", lock, take)
		g.block()
		g.line("%s.%s()", lock, give)
	}
}

// when writes an operation that happens if flag.
func (g *generator) when(flag, lock, op string) {
	g.line("if %s {", flag)
	g.scope(func() { g.line("%s.%s()", lock, op) })
	g.line("}")
}

// lock returns an expression for a lock.
func (g *generator) lock() string {
	if ms := g.vars['m']; len(ms) > 0 && g.chance(50) {
		return g.pick(ms...)
	}
	if g.chance(8) {
		return "mu"
	}
	if len(g.vars['w']) > 0 && g.chance(30) {
		return "w.mu"
	}
	if ls := g.vars['l']; len(ls) > 0 && g.chance(50) {
		return g.pick(ls...)
	}
	if g.chance(5) {
		return g.object() + ".pm"
	}
	if cs := g.vars['c']; len(cs) > 0 && g.chance(50) {
		return g.pick(cs...) + ".L"
	}
	return g.object() + g.pick(".mu", ".mu", ".rw")
}

// object returns an expression for a *T.
func (g *generator) object() string {
	if g.chance(5) {
		return "global"
	}
	names := g.vars['t']
	if len(names) == 0 {
		return "w.t"
	}
	p := names[0]
	if g.chance(30) {
		p = g.pick(names...)
	}
	if g.chance(12) {
		p += ".next"
	}
	return p
}

// flag returns a simple condition.
func (g *generator) flag() string {
	not := g.pick("", "!")
	if bs := g.vars['b']; len(bs) > 0 && g.chance(60) {
		return not + g.pick(bs...)
	}
	if es := g.vars['e']; len(es) > 0 && g.chance(60) {
		return fmt.Sprintf("%s %s nil", g.pick(es...), g.pick("==", "!="))
	}
	if ns := g.vars['n']; len(ns) > 0 && g.chance(70) {
		return fmt.Sprintf("%s %s %d", g.pick(ns...), g.pick("==", "!="), g.upTo(2))
	}
	switch g.upTo(7) {
	case 0:
		return fmt.Sprintf("%s.next %s nil", g.object(), g.pick("==", "!="))
	case 1:
		return fmt.Sprintf("%s.n %s %d", g.object(), g.pick("==", "!="), g.upTo(2))
	case 2:
		return not + "flag"
	case 3:
		return not + g.object() + ".ok"
	case 4:
		return fmt.Sprintf("%s %s %s", g.object(), g.pick("==", "!="), g.object())
	case 5:
		return not + g.object() + g.pick(".busy.Load()", ".busy.CompareAndSwap(false, true)")
	}
	return "input()"
}

func (g *generator) condition() string {
	switch g.upTo(9) {
	case 0:
		return g.flag() + " && " + g.flag()
	case 1:
		return g.flag() + " || " + g.flag()
	case 2:
		if c := g.callFor("b"); c != "" {
			return c
		}
	}
	return g.flag()
}

func (g *generator) branch() {
	g.line("if %s {", g.condition())
	g.scope(func() { g.block() })
	if g.chance(40) {
		g.line("} else {")
		g.scope(func() { g.block() })
	}
	g.line("}")
}

func (g *generator) choice() {
	ns := g.vars['n']
	if len(ns) == 0 {
		g.cases()
		return
	}
	g.line("switch %s {", g.pick(ns...))
	g.clauses(func(i int) string { return fmt.Sprint(i) })
}

// clauses writes the cases of a switch; some go on with the next one.
func (g *generator) clauses(of func(i int) string) {
	other := g.chance(50)
	n := g.upTo(1) + 1
	for i := range n {
		g.line("case %s:", of(i))
		g.scope(func() {
			if !g.block() && (other || i < n-1) && g.chance(20) {
				g.line("fallthrough")
			}
		})
	}
	if other {
		g.line("default:")
		g.scope(func() { g.block() })
	}
	g.line("}")
}

func (g *generator) loop() {
	was, label := g.inLoop, g.label
	g.inLoop = true
	if g.chance(20) {
		g.label = g.fresh('L')
		g.line("%s:", g.label)
	}
	switch g.upTo(3) {
	case 0:
		g.line("for input() {")
		g.scope(func() { g.block() })
	case 1:
		i := g.fresh('n')
		g.line("for %s := 0; %s < 2; %s++ {", i, i, i)
		g.scope(func() { g.declare('n', i); g.block() })
	case 2:
		e := g.fresh('t')
		g.line("for %s := range %s.%s {", e, g.object(), g.pick("all", "each"))
		g.scope(func() { g.declare('t', e); g.block() })
	default:
		e := g.fresh('t')
		g.line("for _, %s := range %s.list {", e, g.object())
		g.scope(func() { g.declare('t', e); g.block() })
	}
	g.line("}")
	g.inLoop, g.label = was, label
}

// leave writes a statement that leaves the block.
func (g *generator) leave() bool {
	if g.label != "" && g.chance(50) {
		g.line("%s %s", g.pick("break", "continue"), g.label)
	} else if g.inLoop && g.chance(50) {
		g.line("%s", g.pick("break", "continue"))
	} else {
		g.returns()
	}
	return true
}

func (g *generator) returns() {
	switch g.result {
	case "":
		g.line("return")
	case "b":
		g.line("return %s", g.flag())
	case "t":
		g.line("return %s", g.object())
	case "tb":
		g.line("return %s, %s", g.object(), g.pick("true", "false"))
	case "f":
		g.line("return %s", g.callback())
	case "e":
		g.line("return %s", g.valueOf('e'))
	case "te":
		g.line("return %s, %s", g.pick(g.object(), "nil"), g.valueOf('e'))
	}
}

// tells writes a return that leaves a lock held, and says so.
func (g *generator) tells() bool {
	says := map[string][]string{"b": {"true", "false"}, "tb": {g.object() + ", true", "nil, false"}, "e": {"nil", "errNo"}, "te": {g.object() + ", nil", "nil, errNo"}}[g.result]
	if says == nil {
		return false
	}
	g.line("if %s {", g.condition())
	g.scope(func() { g.line("return %s", says[1]) })
	g.line("}")
	g.line("%s.Lock()", g.lock())
	g.line("return %s", says[0])
	return true
}

// asks writes a call of a function that says whether it has left a lock held, and releases it.
func (g *generator) asks() {
	given, ok := g.fresh('t'), g.fresh('b')
	for _, test := range [][2]string{{"b", ok}, {"tb", ok}, {"e", ok + " == nil"}, {"te", ok + " == nil"}} {
		c := g.callFor(test[0])
		if c == "" || g.chance(40) {
			continue
		}
		names := ok
		if len(test[0]) == 2 {
			names = given + ", " + ok
		}
		g.line("if %s := %s; %s {", names, c, test[1])
		g.scope(func() {
			if len(test[0]) == 2 {
				g.declare('t', given)
			}
			if g.block() {
				return
			}
			g.line("%s.Unlock()", g.lock())
		})
		g.line("}")
		return
	}
	g.branch()
}

// callback returns an expression for a func().
func (g *generator) callback() string {
	if fs := g.vars['f']; len(fs) > 0 && g.chance(50) {
		return g.pick(fs...)
	}
	if g.chance(30) {
		return fmt.Sprintf("func() { %s }", g.callOf())
	}
	return fmt.Sprintf("%s.%s", g.lock(), g.pick("Lock", "Unlock", "Unlock"))
}
