package analyzer

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// What a unit knows of the packages that it imports, from their facts and the
// models, and what it tells those that import it.

// summary returns what is known of a function without its body: from the
// models, or from the facts of its package.
func (c *core) summary(name string, fn *ssa.Function) *summary.Summary {
	if fn != nil && fn.Origin() != nil {
		fn = fn.Origin()
	}
	if s, ok := c.known[name]; ok {
		return s
	}
	var s *summary.Summary
	if effects, ok := c.models[name]; ok {
		s = summary.OfModel(c.table, effects)
	}
	if s == nil && fn != nil {
		obj, ok := fn.Object().(*types.Func)
		if ok && len(fn.Blocks) == 0 {
			s = c.imported(obj.Origin())
		}
	}
	if s == nil && fn == nil {
		s = summary.OfLiteral(c.table, name)
	}
	c.known[name] = s
	return s
}

func (c *core) imported(obj *types.Func) *summary.Summary {
	if f := c.fact(obj); f != nil && len(f.Summary) > 0 {
		return summary.Decode(c.table, f.Summary, obj.Pkg().Path())
	}
	return nil
}

// importFact returns the fact of a function of another package, or nil.
func (u *unit) importFact(obj *types.Func) *FuncFact {
	if obj = obj.Origin(); obj.Pkg() == nil || obj.Pkg() == u.pass.Pkg {
		return nil
	}
	if obj.Signature().Recv() != nil {
		return u.methodFacts(receiver(obj))[obj.Name()]
	}
	var f FuncFact
	if !u.pass.ImportObjectFact(obj, &f) {
		return nil
	}
	return &f
}

// methodFacts returns the facts of the methods of a type of another package.
func (u *unit) methodFacts(obj *types.TypeName) map[string]*FuncFact {
	if obj == nil {
		return nil
	}
	known, ok := u.methods[obj]
	if !ok {
		var f TypeFact
		if u.pass.ImportObjectFact(obj, &f) {
			known = f.methods()
		}
		u.methods[obj] = known
	}
	return known
}

// receiver returns the type that the method is declared for, or nil.
func receiver(method *types.Func) *types.TypeName {
	t := types.Unalias(method.Signature().Recv().Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj()
	}
	return nil
}

// effects returns what a function of another package does to the heap: by
// the models, or by the facts of its package.
func (c *core) effects(fn *ssa.Function) *heap.Effects {
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return nil
	}
	if model, ok := c.models[path.FuncName(fn)]; ok {
		return summary.HeapOfModel(c.table, model)
	}
	if f := c.fact(obj); f != nil && len(f.Effects) > 0 {
		return summary.DecodeEffects(c.table, f.Effects, obj.Pkg().Path())
	}
	return nil
}

// settled reports whether the package of the type owner has promised that it
// does not change the field unseen. Models are a promise, too.
func (u *unit) settled(owner, field string) bool {
	for _, effects := range u.models {
		if slices.ContainsFunc(effects, func(e lock.Effect) bool { return e.Owner == owner && e.Field == field }) {
			return true
		}
	}
	f, _ := u.typeFact(owner)
	return f != nil && slices.Contains(f.Settled, field)
}

// proved reports whether the package of the type owner has proved the rule.
func (u *unit) proved(owner, rule string) bool {
	f, _ := u.typeFact(owner)
	return f != nil && slices.Contains(f.Inverses, rule)
}

// storedCalls returns the calls that another package makes under locks of what
// is stored in objects of its type owner, or in its variable owner.
func (u *unit) storedCalls(owner string) []summary.Stored {
	calls, ok := u.stored[owner]
	if !ok {
		if f, pkg := u.typeFact(owner); f != nil {
			calls = summary.DecodeStored(u.table, f.Stored, pkg)
		} else {
			calls = u.storedInVariable(owner)
		}
		u.stored[owner] = calls
	}
	return calls
}

// storedInVariable is storedCalls for a variable.
func (u *unit) storedInVariable(name string) []summary.Stored {
	var f PackageFact
	pkg := u.home(name)
	if pkg == nil || !u.pass.ImportPackageFact(pkg, &f) {
		return nil
	}
	calls := summary.DecodeStored(u.table, f.Stored, pkg.Path())
	return slices.DeleteFunc(calls, func(c summary.Stored) bool { return c.Value.Root().Name != name })
}

// typeFact returns the fact of the named type of another package, or nil, and the path of that package.
func (u *unit) typeFact(owner string) (*TypeFact, string) {
	pkg := u.home(owner)
	if pkg == nil {
		return nil, ""
	}
	var f TypeFact
	obj, ok := pkg.Scope().Lookup(owner[len(pkg.Path())+1:]).(*types.TypeName)
	if !ok || !u.pass.ImportObjectFact(obj, &f) {
		return nil, ""
	}
	return &f, pkg.Path()
}

// home returns the package that a qualified name is of, if it is imported.
func (u *unit) home(name string) *types.Package {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return nil
	}
	return u.engine.Imported(name[:dot])
}

// wiring returns what a function of another package stores and returns, if some
// of that is stored where a package calls it under a lock.
func (c *core) wiring(fn *ssa.Function) (stores []summary.Store, results []*path.Node) {
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return nil, nil
	}
	if f := c.fact(obj); f == nil || !f.Wires {
		return nil, nil
	}
	e := c.effects(fn)
	if e == nil {
		return nil, nil // by its model
	}
	return storesOf(e), e.Results
}

func storesOf(e *heap.Effects) []summary.Store {
	var stores []summary.Store
	for _, st := range e.Stores {
		stores = append(stores, summary.Store{Addr: st.Addr, Val: st.Val})
	}
	return stores
}
