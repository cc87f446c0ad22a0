package randprog

// idiom writes one of the less frequent things that programs do.
func (g *generator) idiom() {
	switch is := g.vars['i']; g.upTo(4) {
	case 0:
		g.runner()
	case 1:
		g.recovers()
	case 2:
		if len(is) > 0 {
			g.asserts(g.pick(is...))
			return
		}
		g.runner()
	case 3:
		g.jump()
	default:
		g.cases()
	}
}

// runner runs a function literal under a lock.
func (g *generator) runner() {
	g.line("%s(%s, func() {", g.pick("with", "under"), g.valueOf('l'))
	g.lit()
	g.line("})")
}

// recovers defers a function literal that recovers from a panic.
func (g *generator) recovers() {
	g.line("defer func() {")
	g.scope(func() {
		g.line("if recover() != nil {")
		g.closing("return")
		g.line("}")
	})
	g.line("}()")
}

// asserts asks whether an interface value is a *T.
func (g *generator) asserts(i string) {
	t := g.fresh('t')
	g.line("if %s, ok := %s.(*T); ok {", t, i)
	g.scope(func() { g.declare('t', t); g.block() })
	g.line("}")
}

// cases writes a switch over conditions.
func (g *generator) cases() {
	was := g.inLoop
	g.inLoop = false // break would leave the switch
	g.line("switch {")
	g.clauses(func(int) string { return g.flag() })
	g.inLoop = was
}

// jump writes a goto, onwards or back.
func (g *generator) jump() {
	label, back := g.fresh('L'), g.chance(30)
	test := func() {
		g.line("if %s {", g.flag())
		g.scope(func() { g.line("goto %s", label) })
		g.line("}")
	}
	if !back {
		test()
		g.inner()
	}
	g.line("%s:", label)
	g.inner()
	if back {
		test()
	}
}

// inner writes a block of its own.
func (g *generator) inner() {
	g.line("{")
	g.scope(func() { g.block() })
	g.line("}")
}
