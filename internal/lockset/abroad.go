package lockset

import (
	"go/types"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// inField returns the functions that a call of the function or interface value fn
// may reach, which is in a field and is called by another package, or by a function
// that it is passed to: this package sees what is stored there. Which object that
// is, rules about the heap tell.
func (x *executor) inField(fn *path.Node, c *summary.Call, args []*path.Node) []target {
	if fn.Kind != path.Elem && (fn.Kind != path.Deref || fn.Parent.Kind != path.Field) {
		return nil
	}
	var list []target
	values, typs := x.engine.InField(fn)
	for i, v := range values {
		t := x.leadsTo(fn, v, typs[i], c, args)
		if t == nil || slices.ContainsFunc(list, func(o target) bool { return o.name == t.name }) {
			continue
		}
		list = append(list, *t)
	}
	if len(list) > maxDynamic {
		x.engine.debugf(x.fn, "too many functions in field %s", fn.Parent.Name)
		return nil
	}
	return list
}

// leadsTo returns the function that call c, of fn here, reaches if that is v, a value
// of type t in another function, or its method; nil if that is not known.
func (x *executor) leadsTo(fn, v *path.Node, t types.Type, c *summary.Call, args []*path.Node) *target {
	g := v.Fn
	if c.Method != "" {
		if t == nil || types.IsInterface(t) || x.hasOne(t, c.Unless) {
			return nil
		}
		g = x.methodOf(t, c.Method)
	}
	if g == nil {
		return nil
	}
	sum := x.engine.Summary(g)
	if sum == nil || !sum.Locks() || slices.ContainsFunc(sum.Acquires, ofVariable) {
		return nil
	}
	return &target{fn: g, name: path.FuncName(g), value: fn, args: args, sum: sum, dynamic: true, when: x.dispatched(fn, g)}
}

// foreign reports whether the named type is of another package.
func (e *Engine) foreign(owner string) bool {
	dot := strings.LastIndexByte(owner, '.')
	return dot > 0 && e.Imported(owner[:dot]) != nil
}

// ofVariable reports whether the lock of a is in a package-level variable. No
// rule tells then which of the functions in a field are called for which object.
func ofVariable(a summary.Acquire) bool { return a.Path.Root().Kind == path.Global }
