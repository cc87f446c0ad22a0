package analyzer

import (
	"go/token"
	"go/types"
	"iter"
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
	} else if fn != nil {
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

// export makes known to importers what they need of the functions that they
// can call.
func (u *unit) export() {
	methods := map[*types.TypeName]map[string]*FuncFact{}
	effects := map[*ssa.Function]*heap.Effects{}
	given := map[string]bool{} // fields that importers can store something in
	for _, fn := range u.funcs {
		if u.callable(fn) == nil {
			continue
		}
		if e := u.heap.Exported(fn); e != nil {
			effects[fn] = e
			for _, st := range e.Stores {
				for n := st.Addr; n != nil; n = n.Parent {
					given[n.Owner+"."+n.Name] = true
				}
			}
		}
	}
	for _, fn := range u.funcs {
		if obj := u.callable(fn); obj != nil {
			u.exportFunc(obj, fn, effects[fn], given, methods)
		}
	}
	u.exportTypes(methods)
	u.exportVariables()
}

// callable returns the object of fn if importers can call it by name, or nil.
func (u *unit) callable(fn *ssa.Function) *types.Func {
	obj, ok := fn.Object().(*types.Func)
	if !ok || obj.Pkg() != u.pass.Pkg || fn.Synthetic != "" || !obj.Exported() {
		return nil
	}
	return obj
}

func (u *unit) exportFunc(obj *types.Func, fn *ssa.Function, e *heap.Effects, given map[string]bool, methods map[*types.TypeName]map[string]*FuncFact) {
	var f FuncFact
	if e != nil {
		f.Effects = summary.EncodeEffects(e, obj.Pkg().Path())
		f.Wires = u.engine.Wires(storesOf(e))
	}
	if s := u.forImporters(fn, e, given); s != nil && !s.Trivial() {
		f.Summary = summary.Encode(s, obj.Pkg().Path())
		u.asks(s)
	}
	switch {
	case f.isEmpty():
	case obj.Signature().Recv() == nil:
		u.pass.ExportObjectFact(obj, &f)
	default:
		t := receiver(obj)
		if methods[t] == nil {
			methods[t] = map[string]*FuncFact{}
		}
		methods[t][obj.Name()] = &f
	}
}

// asks notes the fields in which s calls what importers have stored.
func (u *unit) asks(s *summary.Summary) {
	for i := range s.Calls {
		for n := s.Calls[i].Fn; n != nil; n = n.Parent {
			if n.Kind == path.Field {
				u.asked[n.Owner+"."+n.Name] = true
			}
		}
	}
}

// forImporters returns the summary of fn if importers need it: it can touch a
// lock, or it is a getter, which gives them another name of an object.
func (u *unit) forImporters(fn *ssa.Function, e *heap.Effects, given map[string]bool) *summary.Summary {
	getter := e != nil && slices.ContainsFunc(e.Results, func(r *path.Node) bool { return r != nil && !r.IsRoot() && r.Root().Kind == path.Param })
	if !u.engine.Relevant(fn) && !getter || u.engine.Summary(fn) == nil {
		return nil
	}
	return u.engine.ForImporters(fn, func(field *path.Node) bool {
		return token.IsExported(field.Name) || given[field.Owner+"."+field.Name]
	})
}

// exportTypes makes known to importers what is known of the types: of their
// methods, and of those that have a lock.
func (u *unit) exportTypes(methods map[*types.TypeName]map[string]*FuncFact) {
	for named := range namedTypes(u.pass.Pkg) {
		f := TypeFact{Inverses: u.heap.Inverses(named)}
		f.setMethods(methods[named.Obj()])
		if calls := u.engine.StoredIn(path.OwnerName(named)); len(calls) > 0 {
			f.Stored = summary.EncodeStored(calls, u.pass.Pkg.Path())
		}
		f.Settled = u.settledFields(named)
		if !f.isEmpty() {
			u.pass.ExportObjectFact(named.Obj(), &f)
		}
	}
}

// namedTypes yields the types that pkg declares, sorted by their names.
func namedTypes(pkg *types.Package) iter.Seq[*types.Named] {
	return func(yield func(*types.Named) bool) {
		for _, name := range pkg.Scope().Names() {
			obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
			if !ok || obj.IsAlias() {
				continue
			}
			if named, ok := obj.Type().(*types.Named); ok && !yield(named) {
				return
			}
		}
	}
}

// settledFields lists the fields of the type in which importers can store what
// they know more of, and that are not changed unseen: those that u.asked names,
// and those of a generic type.
func (u *unit) settledFields(t *types.Named) []string {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	var list []string
	owner := path.OwnerName(t)
	for f := range st.Fields() {
		asked := u.asked[owner+"."+f.Name()] || t.TypeParams().Len() > 0
		if asked && !f.Exported() && u.heap.IsSettled(owner, f.Name()) {
			list = append(list, f.Name())
		}
	}
	return list
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

// exportVariables makes known to importers what is called under locks of what
// is stored in the variables of the package. It is a fact of the package: they
// may not see the variables.
func (u *unit) exportVariables() {
	scope := u.pass.Pkg.Scope()
	var calls []summary.Stored
	for _, name := range scope.Names() {
		if v, ok := scope.Lookup(name).(*types.Var); ok {
			calls = append(calls, u.engine.StoredIn(v.Pkg().Path()+"."+name)...)
		}
	}
	if len(calls) > 0 {
		u.pass.ExportPackageFact(&PackageFact{Stored: summary.EncodeStored(calls, u.pass.Pkg.Path())})
	}
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
