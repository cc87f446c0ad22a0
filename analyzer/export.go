package analyzer

import (
	"go/types"
	"iter"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// What a unit tells the packages that import it.

// exports is what importers are told, before it is encoded.
type exports struct {
	funcs  []exportedFunc
	fields map[string]bool             // those that importers can store something in; variables have no owner
	stored map[string][]summary.Stored // by type, what is called under locks of what is stored there
	vars   []summary.Stored            // the same for variables
	lent   lent
}

// exportedFunc is what importers are told of a function that they can call.
type exportedFunc struct {
	obj     *types.Func
	fn      *ssa.Function
	summary *summary.Summary
	effects *heap.Effects
}

// export notes what importers need to know of the functions that they can call, of
// types and of variables.
func (u *unit) export() {
	e := &exports{fields: map[string]bool{}, stored: map[string][]summary.Stored{}, lent: lent{api: u.api()}}
	u.gatherEffects(e)
	u.gatherSummaries(e)
	u.gatherStored(e)
	e.pruneLocks()
	u.gatherMakers(e)
	e.pruneMemory()
	own, methods := u.encodeFuncs(e)
	u.exported.own = compress(newEntries(own).pack())
	u.exported.told = handedOn{methods, compress(newEntries(u.encodeTypes(e)).pack())}
	if len(e.vars) > 0 {
		u.exported.stored = summary.EncodeStored(e.vars, u.pass.Pkg.Path())
	}
}

// importable reports whether other packages can import pkg.
func importable(pkg *types.Package) bool {
	return pkg.Name() != "main" && !strings.HasSuffix(pkg.Name(), "_test")
}

// gatherEffects lists the functions that importers can call, with their effects.
func (u *unit) gatherEffects(e *exports) {
	for _, fn := range u.funcs {
		obj := u.callable(fn)
		if obj == nil {
			continue
		}
		f := exportedFunc{obj: obj, fn: fn, effects: u.heap.Exported(fn)}
		e.funcs = append(e.funcs, f)
		if f.effects == nil {
			continue
		}
		e.noteFields(f.effects)
	}
}

// noteFields notes the fields that a function with these effects stores to, or one
// that it returns.
func (e *exports) noteFields(effects *heap.Effects) {
	for _, st := range effects.Stores {
		for n := st.Addr; n != nil; n = n.Parent {
			e.fields[n.Owner+"."+n.Name] = true
		}
	}
	for _, l := range effects.Literals {
		e.noteFields(l.Effects)
	}
}

// callable returns the object of fn if importers can call it by name, or nil.
func (u *unit) callable(fn *ssa.Function) *types.Func {
	obj, ok := fn.Object().(*types.Func)
	if !ok || obj.Pkg() != u.pass.Pkg || fn.Synthetic != "" || !obj.Exported() {
		return nil
	}
	return obj
}

// gatherSummaries adds the summaries of the functions.
func (u *unit) gatherSummaries(e *exports) {
	for i := range e.funcs {
		if f := &e.funcs[i]; u.engine.Relevant(f.fn) || isGetter(f.effects) || composes(f.fn) {
			f.summary = u.engine.Summary(f.fn)
		}
	}
}

// composes reports whether fn does no more than to put what it is passed into a
// struct or a context, where its callers find it again.
func composes(fn *ssa.Function) bool {
	if len(fn.Blocks) != 1 || len(fn.Params) == 0 {
		return false
	}
	for r := range fn.Signature.Results().Variables() {
		if _, ok := r.Type().Underlying().(*types.Struct); ok || path.IsContext(r.Type()) {
			return true
		}
	}
	return false
}

// isGetter reports whether a function with effects e gives importers another name
// of an object that they have.
func isGetter(e *heap.Effects) bool {
	return e != nil && slices.ContainsFunc(e.Results, func(r *path.Node) bool { return r != nil && !r.IsRoot() && r.Root().Kind == path.Param })
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

// gatherStored adds what is called under locks of what is stored in objects and in
// variables.
func (u *unit) gatherStored(e *exports) {
	for named := range namedTypes(u.pass.Pkg) {
		calls := slices.Clone(u.engine.StoredIn(path.OwnerName(named)))
		calls = slices.DeleteFunc(calls, func(c summary.Stored) bool { return !e.canStore(named, c.Value) })
		if len(calls) > 0 {
			e.stored[named.Obj().Name()] = calls
		}
	}
	scope := u.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		if v, ok := scope.Lookup(name).(*types.Var); ok {
			e.vars = append(e.vars, u.engine.StoredIn(v.Pkg().Path()+"."+name)...)
		}
	}
}

// canStore reports whether importers can store something on the way from an object of
// the type to the value: they name the first field, or call a function that stores
// there. Where they can only further on, it is told of the type of what is there.
func (e *exports) canStore(t *types.Named, value *path.Node) bool {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return true
	}
	name := firstField(value)
	for f := range st.Fields() {
		if f.Name() == name {
			return f.Exported() || f.Embedded() || e.fields[path.OwnerName(t)+"."+name]
		}
	}
	return true
}

// firstField names the first field on the way from the root of n, "" if there is none.
func firstField(n *path.Node) string {
	name := ""
	for ; n != nil; n = n.Parent {
		if n.Kind == path.Field {
			name = n.Name
		}
	}
	return name
}

// encodeFuncs returns what is told of functions, by their names, and, by type, what is
// told of methods of types that importers get values of.
func (u *unit) encodeFuncs(e *exports) (own map[string][]byte, methods entries) {
	own = map[string][]byte{}
	got := map[string]map[string][]byte{}
	for i := range e.funcs {
		f := u.funcFact(&e.funcs[i])
		if f.isEmpty() {
			continue
		}
		obj := e.funcs[i].obj
		if obj.Signature().Recv() == nil {
			own[obj.Name()] = f.encode()
			continue
		}
		t := receiver(obj)
		switch {
		case !u.api().got[t]:
			own[t.Name()+"."+obj.Name()] = f.encode()
		case got[t.Name()] == nil:
			got[t.Name()] = map[string][]byte{obj.Name(): f.encode()}
		default:
			got[t.Name()][obj.Name()] = f.encode()
		}
	}
	packed := map[string][]byte{}
	for t, m := range got {
		packed[t] = compress(newEntries(m).pack())
	}
	return own, newEntries(packed)
}

// funcFact returns what is told of a function.
func (u *unit) funcFact(e *exportedFunc) *funcFact {
	var f funcFact
	if e.effects != nil {
		f.effects = summary.EncodeEffects(e.effects, e.obj.Pkg().Path())
		f.wires = u.engine.Wires(stored(e.effects.Stores))
	}
	if e.summary != nil && !e.summary.Trivial() {
		f.summary = summary.Encode(e.summary, e.obj.Pkg().Path())
		u.asks(e.summary)
	}
	return &f
}

// encodeTypes returns what is told of the types, by their names.
func (u *unit) encodeTypes(e *exports) map[string][]byte {
	all := map[string][]byte{}
	for named := range namedTypes(u.pass.Pkg) {
		f := typeFact{inverses: u.heap.Inverses(named), settled: u.settledFields(named)}
		if calls := e.stored[named.Obj().Name()]; len(calls) > 0 {
			f.stored = summary.EncodeStored(calls, u.pass.Pkg.Path())
		}
		if !f.isEmpty() {
			all[named.Obj().Name()] = f.encode()
		}
	}
	return all
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
