package finding

import (
	"testing"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/summary"
)

func TestWithoutRetold(t *testing.T) {
	locks := func(at string) summary.Step { return summary.Step{Text: "x.mu.Lock", At: at, Kind: summary.Locks} }
	calls := func(text, at string) summary.Step {
		return summary.Step{Text: text, At: at, Kind: summary.Calls}
	}
	short := Finding{Code: lock.Relock, Held: []summary.Step{locks("a.go:1")}, Steps: []summary.Step{calls("g", "a.go:2"), locks("a.go:9")}}
	long := Finding{Code: lock.Relock, Held: []summary.Step{locks("a.go:1")}, Steps: []summary.Step{calls("f", "a.go:5"), calls("g", "a.go:2"), locks("a.go:9")}}
	elsewhere := long
	elsewhere.Held = []summary.Step{locks("a.go:4")}
	other := long
	other.Code = lock.Upgrade
	if got := WithoutRetold([]Finding{long, short, elsewhere, other}); len(got) != 3 || len(got[0].Steps) != 2 {
		t.Errorf("have %d findings, want those that are not retold", len(got))
	}
	if got := WithoutRetold([]Finding{short, short}); len(got) != 2 {
		t.Errorf("equal findings: have %d, want both", len(got))
	}
}
