package lockset

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// SummaryByName returns the summary of a function that has no body here and
// is known by its name only: from a function value in a summary of another
// package, or a wrapper around a function of one.
func (e *Engine) SummaryByName(name string) *summary.Summary {
	if s, ok := e.byName[name]; ok {
		return s
	}
	var s *summary.Summary
	if method, ok := strings.CutSuffix(name, "$bound"); ok {
		s = e.SummaryByName(method).Bound(e.Table)
	} else if fn := e.lookup(name); fn != nil {
		s = e.Summary(fn)
	} else {
		s = e.Known(name, nil)
	}
	e.note(name, s)
	return s
}

func (e *Engine) note(name string, s *summary.Summary) {
	if e.byName == nil {
		e.byName = map[string]*summary.Summary{}
	}
	e.byName[name] = s
}

// adopt makes the function literals that come with s known.
func (e *Engine) adopt(s *summary.Summary) {
	if s == nil {
		return
	}
	for _, c := range s.Literals {
		if _, ok := e.byName[c.Name]; !ok {
			e.note(c.Name, c.Summary)
			e.adopt(c.Summary)
		}
	}
}

// lookup returns the declared function of another package with that
// qualified name, or nil.
func (e *Engine) lookup(name string) *ssa.Function {
	recv, method := "", ""
	if rest, ok := strings.CutPrefix(name, "("); ok {
		if recv, method, ok = strings.Cut(rest, ")."); !ok {
			return nil
		}
		recv = strings.TrimPrefix(recv, "*")
	} else {
		recv = name
	}
	dot := strings.LastIndexByte(recv, '.')
	if dot < 0 {
		return nil
	}
	pkg := e.Imported(recv[:dot])
	if pkg == nil {
		return nil
	}
	obj := pkg.Scope().Lookup(recv[dot+1:])
	if t, ok := obj.(*types.TypeName); ok && method != "" {
		obj, _, _ = types.LookupFieldOrMethod(t.Type(), true, pkg, method)
	}
	fn, ok := obj.(*types.Func)
	if !ok {
		return nil
	}
	return path.Declared(e.Prog, fn)
}

// Imported returns the package with that path if it can be named here.
func (e *Engine) Imported(pkgPath string) *types.Package {
	if e.imports == nil {
		e.imports = map[string]*types.Package{}
		var visit func(*types.Package)
		visit = func(p *types.Package) {
			if e.imports[p.Path()] == nil {
				e.imports[p.Path()] = p
				for _, q := range p.Imports() {
					visit(q)
				}
			}
		}
		for _, p := range e.Imports {
			visit(p)
		}
	}
	return e.imports[pkgPath]
}

// NamedType returns the package-level type of that qualified name, after "*" for
// a pointer to one, or nil. It is one and the same each time.
func (e *Engine) NamedType(name string) types.Type {
	t, ok := e.types[name]
	if !ok {
		if e.types == nil {
			e.types = map[string]types.Type{}
		}
		t = e.findType(name)
		e.types[name] = t
	}
	return t
}

func (e *Engine) findType(name string) types.Type {
	if elem, ok := strings.CutPrefix(name, "*"); ok {
		if t := e.NamedType(elem); t != nil {
			return types.NewPointer(t)
		}
		return nil
	}
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return nil
	}
	pkg := e.Imported(name[:dot])
	for i := 0; pkg == nil && i < len(e.Funcs); i++ {
		if p := e.Funcs[i].Pkg; p != nil && p.Pkg.Path() == name[:dot] {
			pkg = p.Pkg
		}
	}
	if pkg == nil {
		return nil
	}
	if t, ok := pkg.Scope().Lookup(name[dot+1:]).(*types.TypeName); ok {
		return t.Type()
	}
	return nil
}

// literals returns the functions of this package that s mentions as values and
// that importers can't name, with their summaries: function literals, and what
// is not exported.
func (x *executor) literals(s *summary.Summary) []summary.FuncLiteral {
	var list []summary.FuncLiteral
	seen := map[*ssa.Function]bool{}
	s.Values(func(v *path.Node) {
		v.Any(func(n *path.Node) bool {
			if n.Kind != path.Closure && n.Kind != path.Func || n.Fn == nil || !hidden(n.Fn) || seen[n.Fn] {
				return false
			}
			seen[n.Fn] = true
			if sum := x.engine.Summary(n.Fn); sum != nil && (sum.Locks() || changesMemory(sum)) {
				list = append(list, summary.FuncLiteral{Name: n.Name, Summary: sum})
			}
			return false
		})
	})
	return list
}

// hidden reports whether importers cannot name fn.
func hidden(fn *ssa.Function) bool {
	return fn.Object() == nil || !fn.Object().Exported()
}
