package randprog

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// prelude is what all generated programs use. The functions without a body can
// return anything.
const prelude = `package p

import (
	"errors"
	"sync"
	"sync/atomic"
)

func input() bool
func number() int

type T struct {
	mu   sync.Mutex
	rw   sync.RWMutex
	once sync.Once
	next *T
	list []*T
	ok   bool
	n    int
	cb   func()
	pm   *sync.Mutex
	busy atomic.Bool
	cond *sync.Cond
	done chan struct{}
}

type W struct {
	mu sync.Mutex
	t  *T
}

type I interface{ call(b bool) }

var (
	global *T
	mu     sync.Mutex
	flag   bool
	errNo  = errors.New("no")
)

func with(l sync.Locker, f func()) {
	l.Lock()
	defer l.Unlock()
	f()
}

func under[L sync.Locker](l L, f func()) {
	l.Lock()
	f()
	l.Unlock()
}

func (p *T) all(yield func(*T) bool) {
	for _, t := range p.list {
		if !yield(t) {
			return
		}
	}
}

func (p *T) each(yield func(*T) bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, t := range p.list {
		if !yield(t) {
			return
		}
	}
}
`

// signature is what callers need to know of a generated function.
type signature struct {
	name   string
	method bool   // of *T
	params string // kinds: t object, b flag, n number, f function, i interface, m mutex, l locker
	result string // "", "b", "t", "f", "tb", "e", "te"
}

var kinds = map[byte]string{'t': "*T", 'b': "bool", 'n': "int", 'f': "func()", 'i': "I", 'm': "*sync.Mutex", 'l': "sync.Locker", 'c': "*sync.Cond", 'e': "error"}

// generator writes a program.
type generator struct {
	t      *rapid.T
	out    strings.Builder
	depth  int
	names  int
	budget int // statements left for the function at hand
	sigs   []signature
	at     int               // the function at hand
	vars   map[byte][]string // in scope, by kind
	inLoop bool
	label  string // of a loop around
	result string
}

// source is the text of a program. It prints with its lines numbered.
type source string

func (s source) String() string {
	var b strings.Builder
	i := 0
	for l := range strings.Lines(string(s)) {
		i++
		fmt.Fprintf(&b, "%4d  %s", i, l)
	}
	return b.String()
}

// GoString is what a failed test prints.
func (s source) GoString() string { return "\n" + s.String() }

// programs generates random programs.
var programs = rapid.Custom(func(t *rapid.T) source {
	g := &generator{t: t}
	g.out.WriteString(prelude)
	g.program()
	return source(g.out.String())
})

func (g *generator) program() {
	for i := range g.upTo(4) + 2 {
		g.sigs = append(g.sigs, signature{
			name: fmt.Sprintf("f%c", 'a'+i), method: g.chance(50),
			params: g.pick("", "b", "t", "bn", "n", "f", "i", "tb", "tt", "m", "l", "bb", "c"),
			result: g.pick("", "", "", "b", "t", "f", "tb", "e", "te"),
		})
	}
	g.sigs = append(g.sigs,
		signature{name: "call", method: true, params: "b"},
		signature{name: "W", params: "b"})
	for i := range g.sigs {
		g.at = i
		g.function(g.sigs[i])
	}
}

func (g *generator) upTo(n int) int { return rapid.IntRange(0, n).Draw(g.t, "n") }

func (g *generator) chance(percent int) bool {
	return rapid.IntRange(0, 99).Draw(g.t, "chance") >= 100-percent
}

func (g *generator) pick(of ...string) string { return rapid.SampledFrom(of).Draw(g.t, "pick") }

func (g *generator) line(format string, args ...any) {
	g.out.WriteString(strings.Repeat("\t", g.depth))
	fmt.Fprintf(&g.out, format, args...)
	g.out.WriteByte('\n')
}

// fresh returns a new name for a variable of a kind; declare makes it known.
func (g *generator) fresh(kind byte) string {
	g.names++
	return fmt.Sprintf("%c%d", kind, g.names)
}

func (g *generator) declare(kind byte, name string) { g.vars[kind] = append(g.vars[kind], name) }

// scope runs f, one level deeper, and forgets what it declares.
func (g *generator) scope(f func()) {
	saved := map[byte][]string{}
	for k, v := range g.vars {
		saved[k] = slices.Clip(v)
	}
	g.depth++
	f()
	g.depth--
	g.vars = saved
}

// function writes one function.
func (g *generator) function(s signature) {
	g.vars, g.names, g.budget, g.inLoop, g.label, g.result = map[byte][]string{}, 0, 9, false, "", s.result
	var params []string
	for _, kind := range []byte(s.params) {
		name := g.fresh(kind)
		g.declare(kind, name)
		params = append(params, name+" "+kinds[kind])
	}
	list := strings.Join(params, ", ")
	results := map[string]string{"": "", "b": " bool", "t": " *T", "f": " func()", "tb": " (*T, bool)", "e": " error", "te": " (*T, error)"}[s.result]
	if s.result == "b" && g.chance(40) {
		results = " (ok bool)"
		g.declare('b', "ok")
	}
	g.line("")
	switch {
	case s.name == "W":
		g.declare('w', "w")
		g.line("func (w *W) call(%s) {", list)
	case s.method:
		g.declare('t', "p")
		g.line("func (p *T) %s(%s)%s {", s.name, list, results)
	default:
		g.declare('t', "p")
		g.line("func %s(%s)%s {", s.name, strings.Join(append([]string{"p *T"}, params...), ", "), results)
	}
	g.scope(func() {
		if !g.block() && s.result != "" {
			g.returns()
		}
	})
	g.line("}")
}

// block writes statements, and reports whether the last one leaves the block.
func (g *generator) block() bool {
	for range g.upTo(3) + 1 {
		if g.budget--; g.budget < 0 {
			return false
		}
		if g.statement() {
			return true
		}
	}
	return false
}
