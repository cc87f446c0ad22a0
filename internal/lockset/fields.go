package lockset

import (
	"go/types"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A function value that is not known may store to the fields of the structs that it is
// passed. Who passes that function to the one at hand knows what it does, and is told
// of the call: for callers the fields have not changed by it.

// allFields is the class of all fields of the named struct type owner.
func allFields(owner string) string { return owner + ".*" }

// byPassed marks the class of all fields of a type where only a function that
// callers pass may have changed them.
const byPassed = "?"

// inAllFields reports whether the sorted classes have that of all fields of owner.
func inAllFields(classes []string, owner string) bool {
	_, ok := slices.BinarySearchFunc(classes, owner, compareAllFields)
	return ok
}

// compareAllFields compares a class with that of all fields of owner.
func compareAllFields(class, owner string) int {
	if rest, ok := strings.CutPrefix(class, owner); ok {
		return strings.Compare(strings.TrimSuffix(rest, byPassed), ".*")
	}
	return strings.Compare(class, owner)
}

// lendFields changes the states to those after the call of a function value that is not
// known, of the given signature; told says that callers are told of the call.
func (x *executor) lendFields(states []*state, sig *types.Signature, told bool) {
	for p := range sig.Params().Variables() {
		ptr, ok := p.Type().Underlying().(*types.Pointer)
		if !ok {
			continue
		}
		class := allFields(path.OwnerName(ptr.Elem()))
		switch {
		case class == allFields(""):
			continue
		case told:
			class += byPassed
		}
		for i := range states {
			n := states[i].clobber(class)
			n.mem = states[i].mem.where(func(b binding) bool { return n.mem.get(b.key) != nil || x.keepsContent(b) })
			states[i] = n
		}
	}
}

// lendToPassed is lendFields for call c of the target of f, which has left that to the
// function at hand, where it is not known either what is called.
func (x *executor) lendToPassed(states []*state, f *frame, c *summary.Call, told bool) {
	if c.Method != "" || c.Fn.Kind != path.Param || f.fn == nil {
		return
	}
	i, sig := c.Fn.Index, f.fn.Signature
	if sig.Recv() != nil {
		i--
	}
	if i < 0 || i >= sig.Params().Len() {
		return
	}
	if passed, ok := sig.Params().At(i).Type().Underlying().(*types.Signature); ok {
		x.lendFields(states, passed, told)
	}
}

// tells reports whether callers, who pass the function value fn, are told that it is
// called.
func (x *executor) tells(fn *path.Node) bool {
	return fn.Kind == path.Param && slices.ContainsFunc(x.calls, func(c summary.Call) bool { return c.Fn == fn && c.Method == "" })
}
