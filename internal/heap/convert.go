package heap

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// converts notes the conversion v of a pointer to a struct into one to another
// type of the same structure: each stores to the fields of the other.
func (h *Heap) converts(v *ssa.ChangeType) {
	from, to := structOwner(v.X.Type()), structOwner(v.Type())
	if from == to {
		return
	}
	if h.converted == nil {
		h.converted = map[string][]string{}
	}
	for _, pair := range [][2]string{{from, to}, {to, from}} {
		if !slices.Contains(h.converted[pair[0]], pair[1]) {
			h.converted[pair[0]] = append(h.converted[pair[0]], pair[1])
		}
	}
}

// structOwner returns the name of the struct type that t points to; "" if it
// has none, or t is another type.
func structOwner(t types.Type) string {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return ""
	}
	if _, ok := p.Elem().Underlying().(*types.Struct); !ok {
		return ""
	}
	return path.OwnerName(p.Elem())
}

// disguised checks the stores to the fields of the rule by another type that
// pointers to their struct are converted to, or from.
func (p *proof) disguised(fields []fieldKey) string {
	for _, f := range fields {
		for _, other := range p.h.converted[f.owner] {
			x := p.h.indexed()
			if other == "" || len(x.structs[other]) > 0 || slices.ContainsFunc(x.fields[fieldKey{other, f.name}], func(e event) bool { return !isNil(e.st.Val) }) {
				return fmt.Sprintf("%s.%s may be set by a converted pointer", f.owner, f.name)
			}
		}
	}
	return ""
}
