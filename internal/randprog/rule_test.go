package randprog

import (
	"go/ast"
	"go/types"
	"maps"
	"regexp"
	"strings"
)

// rule is an inverse field as a message states it: every object in a field of
// x has a path back to x, or to where x itself leads.
type rule struct {
	text  string
	field string
	back  []string
	own   []string
}

var (
	ruleText = regexp.MustCompile(`\(([^()]* == [^()]*)\)`)
	every    = regexp.MustCompile(`^every \w+ in ([^ ]+)\.(\w+) has ([\w.]+) == ([^ ]+)$`)
)

// rulesOf returns the rules that the message of a report states.
func rulesOf(message string) (out []rule) {
	for _, m := range ruleText.FindAllStringSubmatch(message, -1) {
		text := m[1]
		if e := every.FindStringSubmatch(text); e != nil {
			r := rule{text: text, field: e[2], back: strings.Split(e[3], ".")}
			rest, ok := strings.CutPrefix(e[4], e[1])
			if rest != "" {
				r.own = strings.Split(rest, ".")[1:]
			}
			if ok {
				out = append(out, r)
			}
			continue
		}
		left, x, _ := strings.Cut(text, " == ")
		if rest, ok := strings.CutPrefix(left, x+"."); ok {
			steps := strings.Split(rest, ".")
			out = append(out, rule{text: text, field: steps[0], back: steps[1:]})
		}
	}
	return out
}

// checkRules counts the objects of the heap that break a rule.
func (c *client) checkRules(got []value, moved map[value]bool) {
	if len(c.rules) == 0 {
		return
	}
	objects := reachable(got)
	for i, r := range c.rules {
		for _, x := range objects {
			f := x.fields[r.field]
			if f == nil {
				continue
			}
			for _, v := range append(members(f.v), f.v) {
				end, to := follow(v, r.back), follow(x, r.own)
				if end != nil && to != nil && end != to && !moved[v] {
					c.broken[i]++
				}
			}
		}
	}
}

// attached returns the parameters that their functions put somewhere and give
// a back pointer. The analyzer takes it that such an object belongs to nobody
// else, or is taken out there.
func (p *program) attached() map[types.Object]bool {
	puts, sets := map[types.Object]bool{}, map[types.Object]bool{}
	value := func(e ast.Expr) {
		if id, ok := e.(*ast.Ident); ok {
			puts[p.info.Uses[id]] = true
		}
	}
	for _, d := range p.decls {
		ast.Inspect(d, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, e := range n.Lhs {
					if _, ok := e.(*ast.Ident); !ok {
						sets[p.root(e)] = true
						value(n.Rhs[i])
					}
				}
			case *ast.SendStmt:
				value(n.Value)
			case *ast.CallExpr:
				for _, e := range n.Args {
					value(e)
				}
			}
			return true
		})
	}
	maps.DeleteFunc(puts, func(o types.Object, _ bool) bool { return !sets[o] })
	return puts
}

// root returns the variable that e starts at.
func (p *program) root(e ast.Expr) types.Object {
	for {
		switch x := e.(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.Ident:
			return p.info.Uses[x]
		default:
			return nil
		}
	}
}

// members returns what a container has.
func members(v value) []value {
	var out []value
	if q, ok := v.(*queue); ok {
		out = append(out, q.elems...)
	}
	for _, c := range elements(v) {
		out = append(out, c.v)
	}
	return out
}

// follow goes from v along fields; nil if that leads nowhere.
func follow(v value, steps []string) *object {
	for _, s := range steps {
		o, ok := v.(*object)
		if !ok || o.fields[s] == nil {
			return nil
		}
		v = o.fields[s].v
	}
	o, _ := v.(*object)
	return o
}
