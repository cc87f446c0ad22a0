package randprog

import (
	"fmt"
	"strings"
)

// once writes a call that runs a function the first time only, or declares a function
// that does.
func (g *generator) once() {
	if g.chance(25) {
		f := g.fresh('f')
		g.line("%s := sync.OnceFunc(func() {", f)
		g.lit()
		g.line("})")
		g.declare('f', f)
		return
	}
	for _, s := range g.sigs {
		if s.method && s.params+s.result == "" && g.chance(20) {
			g.line("%s.once.Do(%s.%s)", g.object(), g.object(), s.name)
			return
		}
	}
	g.line("%s.once.Do(func() {", g.object())
	g.lit()
	g.line("})")
}

// starts writes a go statement.
func (g *generator) starts() {
	if g.depth > 4 || g.chance(60) {
		g.line("go %s", g.callOf())
		return
	}
	g.line("go func() {")
	g.lit()
	g.line("}()")
}

// closure declares a function variable, and perhaps calls it.
func (g *generator) closure() {
	f := g.fresh('f')
	g.line("%s := func() {", f)
	g.lit()
	g.line("}")
	g.declare('f', f)
	if g.chance(50) {
		g.line("%s()", f)
	}
}

// lit writes the body of a function literal.
func (g *generator) lit() { g.literal(func() { g.block() }) }

// literal runs f, which writes the body of a function literal.
func (g *generator) literal(f func()) {
	loop, label, res := g.inLoop, g.label, g.result
	g.inLoop, g.label, g.result = false, "", ""
	g.scope(f)
	g.inLoop, g.label, g.result = loop, label, res
}

// closing writes the body of a deferred function literal, which ends with last.
func (g *generator) closing(last string) {
	g.literal(func() {
		if g.chance(70) || !g.block() {
			g.line("%s", last)
		}
	})
}

// variable declares a variable, or assigns to one.
func (g *generator) variable() {
	kind := g.pick("t", "t", "b", "b", "n", "f", "i", "m", "l", "c", "e")[0]
	if names := g.vars[kind]; len(names) > 0 && g.chance(40) {
		g.line("%s = %s", g.pick(names...), g.valueOf(kind))
		return
	}
	name := g.fresh(kind)
	if kind == 'i' || kind == 'l' || kind == 'e' {
		g.line("var %s %s = %s", name, kinds[kind], g.valueOf(kind))
	} else {
		g.line("%s := %s", name, g.valueOf(kind))
	}
	g.declare(kind, name)
}

// valueOf returns an expression of a kind.
func (g *generator) valueOf(kind byte) string {
	switch kind {
	case 't':
		switch g.upTo(6) {
		case 0:
			return "&T{}"
		case 1:
			return fmt.Sprintf("&T{next: %s, ok: %s}", g.object(), g.pick("true", "false"))
		case 2:
			if c := g.callFor("t"); c != "" {
				return c
			}
		}
		return g.object()
	case 'b':
		switch g.upTo(4) {
		case 0:
			return g.pick("true", "false")
		case 1:
			if c := g.callFor("b"); c != "" {
				return c
			}
		}
		return g.flag()
	case 'e':
		if es := g.vars['e']; len(es) > 0 && g.chance(50) {
			return g.pick(es...)
		} else if c := g.callFor("e"); c != "" && g.chance(50) {
			return c
		}
		return g.pick("nil", "nil", "errNo")
	case 'n':
		return g.pick("0", "1", "2", "number()", g.object()+".n")
	case 'i':
		if g.chance(30) {
			return fmt.Sprintf("&W{t: %s}", g.object())
		}
		return g.object()
	case 'l':
		if g.chance(20) {
			return g.object() + ".rw.RLocker()"
		} else if g.chance(20) {
			return "&" + g.object() + ".rw"
		}
		return g.valueOf('m')
	case 'c':
		if g.chance(30) {
			return g.object() + ".cond"
		}
		return fmt.Sprintf("sync.NewCond(%s)", g.valueOf('l'))
	case 'm':
		if strings.Contains(g.object(), "w") || g.chance(20) {
			return "&mu"
		}
		return "&" + g.object() + ".mu"
	}
	return g.callback()
}

func (g *generator) store() {
	o := g.object()
	switch g.upTo(9) {
	case 0:
		g.line("%s.next = %s", o, g.valueOf('t'))
	case 1:
		g.line("%s.ok = %s", o, g.valueOf('b'))
	case 2:
		g.line("%s.n = %s", o, g.valueOf('n'))
	case 3:
		g.line("%s.cb = %s", o, g.callback())
	case 4:
		g.line("%s.list = append(%s.list, %s)", o, o, g.object())
	case 5:
		g.line("%s.pm = %s", o, g.valueOf('m'))
	case 6:
		g.line("%s.busy.Store(%s)", o, g.valueOf('b'))
	case 7:
		g.line("%s.cond = %s", o, g.valueOf('c'))
	case 8:
		g.line("%s.done = make(chan struct{})", o)
	default:
		g.line("flag = %s", g.pick("true", "false"))
	}
}

// call writes a call as a statement; its results are often used.
func (g *generator) call() {
	s := g.callee()
	c := g.callTo(s)
	switch {
	case s.result == "" || g.chance(20):
		g.line("%s", c)
	case len(s.result) == 2:
		t, b := g.fresh('t'), g.fresh(s.result[1])
		g.line("%s, %s := %s", t, b, c)
		g.declare('t', t)
		g.declare(s.result[1], b)
	case s.result == "f" && g.chance(50):
		g.line("defer %s()", c)
	default:
		v := g.fresh(s.result[0])
		g.line("%s := %s", v, c)
		g.declare(s.result[0], v)
	}
}

// callOf returns an expression that calls something.
func (g *generator) callOf() string {
	if fs := g.vars['f']; len(fs) > 0 && g.chance(50) {
		return g.pick(fs...) + "()"
	}
	if is := g.vars['i']; len(is) > 0 && g.chance(50) {
		return fmt.Sprintf("%s.call(%s)", g.pick(is...), g.valueOfFlag())
	}
	return g.callTo(g.callee())
}

func (g *generator) valueOfFlag() string {
	if g.chance(60) {
		return g.pick("true", "false")
	}
	return g.flag()
}

// callee chooses a function: most often one that stands above.
func (g *generator) callee() signature {
	if g.chance(10) || g.at == 0 {
		return g.sigs[g.upTo(len(g.sigs)-2)]
	}
	return g.sigs[min(g.upTo(g.at-1), len(g.sigs)-2)]
}

// callFor returns a call of a function with the result, if there is one.
func (g *generator) callFor(result string) string {
	for _, s := range g.sigs[:min(g.at, len(g.sigs)-1)] {
		if s.result == result {
			return g.callTo(s)
		}
	}
	return ""
}

// callTo returns a call of s with arguments that are in scope.
func (g *generator) callTo(s signature) string {
	var args []string
	if !s.method {
		args = append(args, g.object())
	}
	for _, kind := range []byte(s.params) {
		switch kind {
		case 't':
			args = append(args, g.object())
		case 'b':
			args = append(args, g.valueOfFlag())
		case 'f':
			args = append(args, g.callbackArg())
		default:
			args = append(args, g.valueOf(kind))
		}
	}
	list := strings.Join(args, ", ")
	if s.method {
		return fmt.Sprintf("%s.%s(%s)", g.object(), s.name, list)
	}
	return fmt.Sprintf("%s(%s)", s.name, list)
}

// callbackArg returns a function to pass: not one that calls on, which would
// nest without end.
func (g *generator) callbackArg() string {
	if fs := g.vars['f']; len(fs) > 0 && g.chance(50) {
		return g.pick(fs...)
	}
	return fmt.Sprintf("func() { %s.%s() }", g.lock(), g.pick("Lock", "Unlock"))
}
