package randprog

import (
	"go/ast"
	"go/types"
	"math/rand/v2"
)

// A value is a bool, an int, nothing{} for nil, or one of the types below.
type value any

type nothing struct{}

// failure is an error.
type failure struct{}

// lazy is a value that is arbitrary until something looks at it.
type lazy struct{ typ types.Type }

// object is a struct in memory. Whether a pointer to an arbitrary one is nil is
// decided where the program asks, or uses it.
type object struct {
	typ     types.Type
	fields  map[string]*cell
	fresh   bool   // made by the program: fields start as zero
	decided bool   // whether the pointer is nil
	checked bool   // by a comparison
	isNil   bool   // if decided
	origin  string // how the program came by it
}

type cell struct{ v value }

// lockRef names a lock: a field of an object, or, without one, a lock that is
// an object of its own.
type lockRef struct {
	o     *object
	field string
}

// rlocker is the read side of a lock.
type rlocker struct{ lock lockRef }

// function is a function value.
type function struct {
	decl   *ast.FuncDecl       // or
	lit    *ast.FuncLit        // with
	env    env                 // or
	op     string              // an operation on
	lock   lockRef             // or
	yield  func([]value) value // the body of a loop, or
	opaque *types.Signature
	recv   value // of decl, if not nil
	name   string
}

type env map[types.Object]*cell

func (e env) clone() env {
	c := make(env, len(e))
	for k, v := range e {
		c[k] = v
	}
	return c
}

// slice is what a slice variable refers to.
type slice struct{ elems []*cell }

// oracle enumerates the choices of the paths of a program, depth first, or
// makes them at random.
type oracle struct {
	script []int // what to choose
	sizes  []int // among how many
	at     int
	random *rand.Rand
}

func (o *oracle) choose(n int) int {
	switch {
	case n <= 1:
		return 0
	case o.random != nil:
		return o.random.IntN(n)
	}
	if o.at == len(o.script) {
		o.script = append(o.script, 0)
		o.sizes = append(o.sizes, n)
	}
	o.at++
	return o.script[o.at-1]
}

// next moves on to the next path, if there is one.
func (o *oracle) next() bool {
	o.script, o.sizes = o.script[:o.at], o.sizes[:o.at]
	for len(o.script) > 0 {
		last := len(o.script) - 1
		if o.script[last]++; o.script[last] < o.sizes[last] {
			o.at = 0
			return true
		}
		o.script, o.sizes = o.script[:last], o.sizes[:last]
	}
	return false
}

// arbitrary decides about a lazy value.
func (r *run) arbitrary(typ types.Type, origin string) value {
	switch u := typ.Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsBoolean != 0 {
			r.feature("flag of " + origin)
			return r.choose(2) == 1
		}
		r.feature("number of " + origin)
		if r.lenient {
			return r.choose(ints + 1)
		}
		return r.choose(ints)
	case *types.Pointer:
		if isLock(u.Elem()) {
			return r.someLock(typ, origin)
		}
		return r.someObject(u.Elem(), origin)
	case *types.Chan:
		return &signal{}
	case *types.Slice:
		s := &slice{}
		for range r.choose(maxTurns) {
			s.elems = append(s.elems, &cell{lazy{u.Elem()}})
		}
		return s
	case *types.Signature:
		return &function{opaque: u, name: "opaque"}
	case *types.Interface:
		if types.Identical(typ, types.Universe.Lookup("error").Type()) {
			r.feature("error of " + origin)
			if r.choose(2) == 0 {
				return nothing{}
			}
			return failure{}
		}
		if isLocker(typ) {
			return r.someLock(u, origin)
		}
		impls := r.prog.implementations(u)
		return r.someObject(impls[r.choose(len(impls))].Elem(), origin)
	}
	panic("arbitrary " + typ.String())
}

// someObject returns an object that the program knows nothing of: another one
// than all others, or, on a lenient path, one of them.
func (r *run) someObject(typ types.Type, origin string) value {
	if r.lenient {
		same := []*object{}
		for _, o := range r.objects {
			if types.Identical(o.typ, typ) && !(o.decided && o.isNil) && !o.fresh {
				same = append(same, o)
			}
		}
		if i := r.choose(len(same) + 1); i > 0 {
			return same[i-1]
		}
	}
	return r.newObject(&object{typ: typ, origin: origin})
}

// someLock returns a pointer to a lock that the program knows nothing of: another one
// than all others, or, on a lenient path, one of an object.
func (r *run) someLock(typ types.Type, origin string) value {
	if r.lenient {
		same := []lockRef{}
		for _, o := range r.objects {
			if st, ok := o.typ.Underlying().(*types.Struct); ok {
				for f := range st.Fields() {
					if types.AssignableTo(types.NewPointer(f.Type()), typ) {
						same = append(same, lockRef{o, f.Name()})
					}
				}
			}
		}
		if t := r.prog.pkg.Scope().Lookup("T"); t != nil {
			for _, name := range []string{"mu", "rw"} {
				f, _, _ := types.LookupFieldOrMethod(t.Type(), true, t.Pkg(), name)
				if types.AssignableTo(types.NewPointer(f.Type()), typ) {
					same = append(same, lockRef{nil, name})
				}
			}
		}
		if i := r.choose(len(same) + 1); i > 0 {
			ref := same[i-1]
			if ref.o == nil { // of an object that the program comes to later
				ref.o = r.newObject(&object{typ: r.prog.pkg.Scope().Lookup("T").Type(), origin: origin})
			}
			return ref
		}
	}
	return lockRef{o: &object{typ: typ, origin: origin}}
}

func (r *run) newObject(o *object) *object {
	o.fields = map[string]*cell{}
	r.objects = append(r.objects, o)
	return o
}

// isNil decides whether v is nil.
func (r *run) isNil(v value) bool {
	switch v := v.(type) {
	case nothing:
		return true
	case *object:
		if r.lenient && v.decided && !v.fresh && !v.checked {
			return r.choose(2) == 1
		}
		if !v.decided {
			r.feature("nil check")
			v.checked = true
			v.decided, v.isNil = true, r.choose(2) == 1
		}
		return v.isNil
	case *slice:
		return v == nil
	}
	return false
}

// deref returns the object that v points to, where e is the pointer in the program; if
// there is none the program panics.
func (r *run) deref(v value, e ast.Expr) *object {
	o, ok := v.(*object)
	if r.lenient && (!ok || o.decided && o.isNil) {
		if p, ok := r.prog.info.TypeOf(e).Underlying().(*types.Pointer); ok {
			return r.newObject(&object{typ: p.Elem(), origin: "nil"})
		}
	}
	if !ok || o.decided && o.isNil {
		r.panics()
	}
	o.decided = true
	return o
}

// field returns the cell of a field.
func (r *run) field(o *object, f *types.Var) *cell {
	c := o.fields[f.Name()]
	if c == nil {
		c = &cell{lazy{f.Type()}}
		_, flag := f.Type().Underlying().(*types.Basic)
		if o.fresh && (flag || !r.lenient) {
			c.v = zero(f.Type())
		}
		o.fields[f.Name()] = c
	}
	return c
}

// read returns the content of c, which it decides about if need be.
func (r *run) read(c *cell, origin string) value {
	if l, ok := c.v.(lazy); ok {
		c.v = r.arbitrary(l.typ, origin)
	}
	return c.v
}

func zero(typ types.Type) value {
	switch u := typ.Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsBoolean != 0 {
			return false
		}
		return 0
	}
	return nothing{}
}

// isLocker reports whether typ is sync.Locker, or a type parameter that is one.
func isLocker(typ types.Type) bool {
	if p, ok := typ.(*types.TypeParam); ok {
		typ = p.Constraint()
	}
	return isLock(typ)
}

// isLock reports whether typ is one of package sync.
func isLock(typ types.Type) bool {
	n, ok := typ.(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "sync" && n.Obj().Name() != "Cond"
}
