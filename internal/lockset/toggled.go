package lockset

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A flag that a function sets and takes back, `o.busy = true; o.feed.emit(); o.busy = false`,
// tells the callbacks of o that they are called by o itself. Whoever calls them knows
// neither o nor the flag.

// toggling notes of each flag the constant that functions set it to before they set it back.
type toggling map[string]string

// ownCall reports whether g demands that a flag of what a callback captured, or of what is
// behind an interface, is not set, which some function sets for a while: that it is not, the
// function at hand cannot know.
func (e *Engine) ownCall(g summary.Guard) bool {
	return slices.ContainsFunc(g, func(l summary.Literal) bool {
		return e.toggled(l) && l.Path.Any(func(n *path.Node) bool {
			return n.Kind == path.Capture || n.Type() != nil && types.IsInterface(n.Type())
		})
	})
}

// toggled reports whether l says that a flag is not set which some function sets for a while.
func (e *Engine) toggled(l summary.Literal) bool {
	if l.Path.Kind != path.Deref || l.Path.Parent.Kind != path.Field {
		return false
	}
	if e.toggles == nil {
		e.toggles = e.findToggles()
	}
	set := e.toggles[l.Path.Parent.Class()]
	return set != "" && (l.Const == set) == l.Neg
}

// lasting returns what of g, the condition of what is called later, will be so if it is so
// now: flags and numbers may have changed by then. It is false where they are known to.
func (e *Engine) lasting(g summary.Guard) (out summary.Guard, ok bool) {
	for _, l := range g {
		if e.toggled(l) {
			return nil, false
		}
		changes := func(n *path.Node) bool {
			return n.Kind == path.Deref && n.Parent.Kind == path.Field && isBasic(n.Parent) && !e.fixed(fieldID{n.Parent.Owner, n.Parent.Name})
		}
		if !l.Path.Any(changes) {
			out = append(out, l)
		}
	}
	return out, true
}

func (e *Engine) findToggles() toggling {
	all := toggling{}
	for _, fn := range e.Funcs {
		first := map[string]string{}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				flag, set := flagStore(instr)
				switch was, again := first[flag]; {
				case flag == "":
				case !again:
					first[flag] = set
				case was != set:
					all[flag] = was
				}
			}
		}
	}
	return all
}

// flagStore returns the class of the flag that instr stores a constant to, itself or where
// it defers a function literal that does; "" if there is none.
func flagStore(instr ssa.Instruction) (flag, set string) {
	switch instr := instr.(type) {
	case *ssa.Store:
		if c, ok := instr.Val.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Bool {
			return path.ClassAt(instr.Addr), c.Value.String()
		}
	case *ssa.Defer:
		mc, ok := instr.Call.Value.(*ssa.MakeClosure)
		if !ok {
			return "", ""
		}
		for _, in := range mc.Fn.(*ssa.Function).Blocks[0].Instrs {
			if flag, set = flagStore(in); flag != "" {
				return flag, set
			}
		}
	}
	return "", ""
}
