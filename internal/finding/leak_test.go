package finding

import (
	"go/token"
	"testing"

	"github.com/lockreentry/lockreentry/internal/summary"
)

// TestOncePerLeak checks that one return which leaves a lock held is reported a few
// times, and but once if it is one of another package.
func TestOncePerLeak(t *testing.T) {
	meets := func(returns token.Pos) []Finding {
		var list []Finding
		for pos := token.Pos(1); pos <= 5; pos++ {
			list = append(list, Finding{Pos: pos, Held: []summary.Step{
				{Text: "c.mu.Lock", At: "c.go:3", Kind: summary.Locks},
				{Func: "C.Put", At: "c.go:5", Kind: summary.Leaks, Pos: returns},
			}})
		}
		return list
	}
	for _, c := range []struct {
		returns token.Pos
		want    int
	}{{token.NoPos, 1}, {7, maxOfLeak}} {
		got := OncePerLeak(meets(c.returns))
		if len(got) != c.want || len(got[0].Others) != 5-c.want {
			t.Errorf("return at %d: %d findings and %d other places, want %d of 5", c.returns, len(got), len(got[0].Others), c.want)
		}
	}
}
