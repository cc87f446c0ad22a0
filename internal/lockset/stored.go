package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A package can hold a lock while it calls what others have stored in one of its
// objects, or in a variable of its own: handlers, observers, hooks, drivers. It
// does not know what these do, and who stores them does not see the lock. The
// former notes such calls with the type of the object, or with the variable, and
// the latter looks them up where it stores something.

// noteStored notes call c, whose function or interface value is found in an
// object that the function was passed, or in a package-level variable, with the
// locks that s holds of that object and in variables. Step is the call.
func (x *executor) noteStored(s *state, c *summary.Call, step summary.Step) {
	holder := c.Fn.Root()
	owner, self := x.holder(holder)
	value := x.ofHolder(holder, self, x.slotPath(c.Fn))
	if owner == "" || value == nil || self != nil && summary.Slot(value) == "" {
		return
	}
	st := summary.Stored{Value: value, Method: c.Method, Call: step}
	for _, l := range s.locks {
		if p := x.ofHolder(holder, self, l.path); p != nil && l.held && !l.released && !l.handed() {
			st.Held = append(st.Held, summary.Held{Path: p, Mode: l.mode, Steps: l.steps})
		}
	}
	if len(st.Held) == 0 {
		return
	}
	for _, a := range c.Args {
		st.Args = append(st.Args, x.ofHolder(holder, self, x.table.General(a)))
	}
	x.engine.addStored(owner, st)
}

// holder returns what calls of the values that are found at the root n are
// noted with: the name of the type of the object that the parameter n points to,
// and what stands for that object there; or the name of the package-level
// variable n. It is "" for other roots.
func (x *executor) holder(n *path.Node) (owner string, self *path.Node) {
	switch {
	case n.Kind == path.Param && n.Index < len(x.fn.Params):
		return path.OwnerName(x.fn.Params[n.Index].Type()), x.table.Param(0)
	case n.Kind == path.Global:
		if g, ok := n.Site.(*ssa.Global); ok && x.engine.Own(g.Pkg) {
			return n.Name, nil
		}
	}
	return "", nil
}

// ofHolder returns n in terms of the object holder, written self, and of
// package-level variables; nil where these do not tell. Without self, only
// variables do.
func (x *executor) ofHolder(holder, self, n *path.Node) *path.Node {
	other := func(m *path.Node) bool {
		switch {
		case !m.IsRoot() || m == holder && self != nil:
			return false
		case m.Kind == path.Const:
			return m.IsNotNil()
		}
		return m.Kind != path.Global && m.Kind != path.Func
	}
	if n == nil || !n.Visible() || n.Any(other) {
		return nil
	}
	if self == nil {
		return n
	}
	return x.table.Replace(n, holder, self)
}

// slotPath returns the place of n, whenever its contents were met, with any
// element of a container written as the element itself.
func (x *executor) slotPath(n *path.Node) *path.Node {
	switch {
	case n.IsRoot():
		return n
	case n.Kind == path.Index || n.Kind == path.Lookup || n.Kind == path.Elem || n.Kind == path.Every:
		return x.table.Elem(x.slotPath(n.Parent), nil)
	case n.Kind == path.Part || n.Kind == path.Deref && (n.Parent.Kind == path.Index || n.Parent.Kind == path.Elem):
		return x.slotPath(n.Parent)
	case n.Kind == path.Deref:
		return x.table.Deref(x.slotPath(n.Parent), nil)
	}
	return x.table.WithParent(n, x.slotPath(n.Parent))
}

// Bounds on calls of what is stored in an object.
const (
	maxStoredCalls = 16 // noted with a type or a variable
	maxFound       = 8  // calls of a function, beyond which methods of what is stored are not exposed
)

// addStored notes st with owner, unless such a call is known already.
func (e *Engine) addStored(owner string, st summary.Stored) {
	same := func(o summary.Stored) bool {
		return o.Value == st.Value && o.Method == st.Method && sameHeld(o.Held, st.Held) && slices.Equal(o.Args, st.Args)
	}
	if len(e.stored[owner]) >= maxStoredCalls || slices.ContainsFunc(e.stored[owner], same) {
		return
	}
	if e.stored == nil {
		e.stored = map[string][]summary.Stored{}
	}
	e.stored[owner] = append(e.stored[owner], st)
}

// StoredIn returns the calls that this package makes under locks of what is
// stored in objects of the type, or in the variable, with that name.
func (e *Engine) StoredIn(owner string) []summary.Stored { return e.stored[owner] }
