package main

import (
	"strings"
	"testing"

	"github.com/lockreentry/lockreentry/internal/corpus/identity"
	"github.com/lockreentry/lockreentry/internal/corpus/subject"
)

func TestWriteRules(t *testing.T) {
	key := func(statement string) identity.Key {
		return identity.Key{Module: "m", Package: "list", Statement: statement}
	}
	rules := []identity.Rule{
		{Key: key("x.a.b == x"), Proved: true, File: "list/list.go", Line: 9, Why: "the store"},
		{Key: key("x.c.d == x"), Proved: true, File: "list/list.go", Line: 12, Why: "the other store"},
		{Key: key("x.e.f == x")},
	}
	verdicts := []identity.Verdict{{Key: key("x.a.b == x"), Kind: identity.Holds, Reason: "Because."}}
	r := &row{Pin: subject.Pin{Module: "m", Version: "v1.0.0"}, Rules: identity.Compare("m", rules, verdicts)}
	var out strings.Builder
	writeRules(&out, []*row{r})
	for _, want := range []string{
		"| m | 3 | 2 | 1 | 0 |\n| all | 3 | 2 | 1 | 0 |\n",
		"### Proved in m@v1.0.0\n\n- `x.a.b == x` (`list/list.go:9`): the store\n\n  **holds**: Because.\n\n- `x.c.d == x`",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}
