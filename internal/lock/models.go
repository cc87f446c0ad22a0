package lock

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed models.txt
var builtin string

// Effect is one effect of a modelled function. P and Q number its arguments.
type Effect struct {
	Op      string // the word that starts the effect in the table
	Mode    Mode
	P, Q, R int
	Method  string // or another word that the effect takes
	Not     bool
	Owner   string // the struct type, and
	Field   string // the field of it that the effect is about
}

// Acts reports whether e takes or releases a lock, or runs a function.
func (e Effect) Acts() bool {
	switch e.Op {
	case "acquire", "release", "try", "once", "oncefunc", "call", "visit", "each", "log", "method", "parts", "members", "elements", "render":
		return true
	}
	return false
}

// Models maps the qualified names of functions to their effects.
type Models map[string][]Effect

// Builtin returns the embedded table.
func Builtin() Models {
	m, err := Parse("models.txt", builtin)
	if err != nil {
		panic(err) // a test parses the table
	}
	return m
}

// Parse reads a table of models in the format that the embedded one
// documents. Errors name the file and line.
func Parse(file, text string) (Models, error) {
	m := Models{}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		name, effects, err := parseLine(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, i+1, err)
		}
		m[name] = effects
	}
	return m, nil
}

func parseLine(line string) (string, []Effect, error) {
	rest, ok := strings.CutPrefix(line, "func ")
	if !ok {
		return "", nil, fmt.Errorf("a model starts with %q", "func ")
	}
	name, rest, ok := strings.Cut(strings.TrimSpace(rest), " ")
	if !ok {
		return "", nil, fmt.Errorf("%s has no effect", name)
	}
	var effects []Effect
	for e := range strings.SplitSeq(rest, ";") {
		parsed, err := parseEffect(strings.Fields(e))
		if err != nil {
			return "", nil, fmt.Errorf("%s: %w", name, err)
		}
		effects = append(effects, parsed)
	}
	return name, effects, nil
}

// Connects reports whether e puts an argument into another one.
func (e Effect) Connects() bool {
	switch e.Op {
	case "store", "swap", "cas", "insert", "splice", "drain", "register", "assign":
		return true
	}
	return false
}

// Adds reports whether e adds to what the body of the function tells, and does not
// stand for it.
func (e Effect) Adds() bool {
	switch e.Op {
	case "over", "collect", "drain", "pure":
		return true
	}
	return false
}

// shapes gives the operands of each effect: m a mode, p, q and r arguments,
// k the number of an argument of the function that is called, n a method name
// or another word, v "is" or "not", f the field of a struct type, which may be left
// out.
var shapes = map[string]string{
	"acquire": "mp", "release": "p", "try": "mp", "once": "pq", "call": "pf", "method": "pnf", "parts": "pn", "register": "pq", "members": "pn", "elements": "pn", "assign": "pqf", "each": "pn", "render": "pqf", "log": "pf", "oncefunc": "p",
	"format": "p", "formatf": "pq", "load": "p", "store": "pq", "swap": "pq", "cas": "pqr", "rlocker": "p", "same": "p", "cancel": "p", "copy": "p", "part": "p", "join": "p", "over": "p", "collect": "p", "drain": "pq", "pure": "", "demand": "pvn",
	"fresh": "", "reused": "p", "new": "pf", "element": "p", "insert": "pqf", "splice": "pqf", "visit": "pqkf", "content": "pf", "refuse": "p", "text": "pqn", "with": "pqr", "value": "pq", "match": "pq", "nonnil": "", "noreturn": "", "none": "",
}

func parseEffect(words []string) (Effect, error) {
	if len(words) == 0 {
		return Effect{}, fmt.Errorf("an effect is missing")
	}
	e := Effect{Op: words[0]}
	shape, ok := shapes[e.Op]
	if !ok {
		return e, fmt.Errorf("unknown effect %q", e.Op)
	}
	if optional := strings.HasSuffix(shape, "f"); optional && len(words) == len(shape) {
		shape = shape[:len(shape)-1]
	}
	if len(words)-1 != len(shape) {
		return e, fmt.Errorf("%s takes %d operands, not %d", e.Op, len(shape), len(words)-1)
	}
	for i, kind := range shape {
		if err := e.operand(kind, words[i+1]); err != nil {
			return e, fmt.Errorf("%s: %w", e.Op, err)
		}
	}
	return e, nil
}

func (e *Effect) operand(kind rune, word string) error {
	switch kind {
	case 'm':
		switch word {
		case "write":
			e.Mode = Write
		case "read":
			e.Mode = Read
		default:
			return fmt.Errorf("unknown mode %q", word)
		}
	case 'n':
		e.Method = word
	case 'v':
		if e.Not = word == "not"; !e.Not && word != "is" {
			return fmt.Errorf("%q is neither is nor not", word)
		}
	case 'f':
		dot := strings.LastIndexByte(word, '.')
		if dot <= 0 {
			return fmt.Errorf("%q is no field; write pkg.Type.Field", word)
		}
		e.Owner, e.Field = word[:dot], word[dot+1:]
	default:
		n, err := strconv.Atoi(strings.TrimPrefix(word, "p"))
		if err != nil || n < 0 || !strings.HasPrefix(word, "p") {
			return fmt.Errorf("%q is no argument; write p0, p1, …", word)
		}
		switch kind {
		case 'p':
			e.P = n
		case 'q':
			e.Q = n
		default:
			e.R = n
		}
	}
	return nil
}
