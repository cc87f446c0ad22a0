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
	if fn != nil {
		fn = path.Generic(fn)
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
	if f := c.fact(obj); f != nil && len(f.summary) > 0 {
		return summary.Decode(c.table, f.summary, obj.Pkg().Path())
	}
	return nil
}

// importFact returns the fact of a function of another package, or nil.
func (u *unit) importFact(obj *types.Func) *funcFact {
	if obj = obj.Origin(); obj.Pkg() == nil || obj.Pkg() == u.pass.Pkg {
		return nil
	}
	if obj.Signature().Recv() == nil {
		return u.told(obj.Pkg()).funcFact(obj.Name())
	}
	if t := receiver(obj); t != nil {
		return u.told(obj.Pkg()).methodFact(t.Name(), obj.Name())
	}
	return nil
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
	if f := c.fact(obj); f != nil && len(f.effects) > 0 {
		return summary.DecodeEffects(c.table, f.effects, obj.Pkg().Path())
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
	f := u.typeNamed(owner)
	return f != nil && slices.Contains(f.settled, field)
}

// proved reports whether the package of the type owner has proved the rule.
func (u *unit) proved(owner, rule string) bool {
	f := u.typeNamed(owner)
	return f != nil && slices.Contains(f.inverses, rule)
}

// storedCalls returns the calls that another package makes under locks of what
// is stored in objects of its type owner, or in its variable owner.
func (u *unit) storedCalls(owner string) []summary.Stored {
	calls, ok := u.stored[owner]
	if !ok {
		if f := u.typeNamed(owner); f != nil {
			calls = summary.DecodeStored(u.table, f.stored, u.home(owner).Path())
		} else if pkg := u.home(owner); pkg != nil {
			calls = summary.DecodeStored(u.table, u.told(pkg).stored, pkg.Path())
			calls = slices.DeleteFunc(calls, func(c summary.Stored) bool { return c.Value.Root().Name != owner })
		}
		u.stored[owner] = calls
	}
	return calls
}

// typeNamed returns the fact of the type of another package with that qualified
// name, or nil.
func (u *unit) typeNamed(owner string) *typeFact {
	pkg := u.home(owner)
	if pkg == nil {
		return nil
	}
	if obj, ok := pkg.Scope().Lookup(owner[len(pkg.Path())+1:]).(*types.TypeName); ok {
		return u.importType(obj)
	}
	return nil
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
	if f := c.fact(obj); f == nil || !f.wires {
		return nil, nil
	}
	e := c.effects(fn)
	if e == nil {
		return nil, nil // by its model
	}
	return stored(e.Stores), e.Results
}

func stored(list []heap.Store) []summary.Store {
	var stores []summary.Store
	for _, st := range list {
		stores = append(stores, summary.Store{Addr: st.Addr, Val: st.Val})
	}
	return stores
}
