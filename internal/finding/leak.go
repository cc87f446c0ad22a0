package finding

import "github.com/lockreentry/lockreentry/internal/summary"

// maxOfLeak bounds the reports about one return that leaks a lock.
const maxOfLeak = 3

// leak is a return that leaves a lock held by mistake.
type leak struct {
	fn, returns, locks string
	away               bool // its source is not at hand
}

// bound returns how many reports about l there may be. Who calls another package can
// mend nothing there, and needs to know it once.
func (l leak) bound() int {
	if l.away {
		return 1
	}
	return maxOfLeak
}

// leak returns the leak that f meets, if it does.
func (f *Finding) leak() (leak, bool) {
	left := returns(f.Held)
	if left == nil || left.Kind != summary.Leaks {
		return leak{}, false
	}
	return leak{left.Func, left.At, acquisition(f.Held).At, !left.Pos.IsValid()}, true
}

// OncePerLeak returns list without most of the findings that meet one leak: that is one
// mistake, however many call the function. The first of them tells where the others are.
func OncePerLeak(list []Finding) []Finding {
	var out []Finding
	first, count := map[leak]int{}, map[leak]int{}
	for _, f := range list {
		l, ok := f.leak()
		switch count[l]++; {
		case ok && count[l] > l.bound():
			o := &out[first[l]]
			o.Others = append(o.Others, f.Pos)
			continue
		case count[l] == 1:
			first[l] = len(out)
		}
		out = append(out, f)
	}
	return out
}
