package summary

import (
	"fmt"
	"strings"

	"github.com/lockreentry/lockreentry/internal/path"
)

// String renders s for tests and debugging, one part a line.
func (s *Summary) String() string {
	var b strings.Builder
	for _, a := range s.Acquires {
		fmt.Fprintf(&b, "acquires %s %s if %s\n", a.Mode, a.Path, a.Guard)
	}
	for _, e := range s.Exits {
		fmt.Fprintf(&b, "exits if %s: results %v", e.Guard, e.Results)
		for _, h := range e.Held {
			fmt.Fprintf(&b, ", holds %s %s", h.Mode, h.Path)
		}
		for _, r := range e.Released {
			fmt.Fprintf(&b, ", released %s", r)
		}
		for _, r := range e.Later {
			fmt.Fprintf(&b, ", releases %s later", r)
		}
		for _, st := range e.Stores {
			fmt.Fprintf(&b, ", %s := %s", st.Addr, orUnknown(st.Val))
		}
		fmt.Fprintf(&b, ", dirty %v\n", e.Dirty)
	}
	for _, e := range s.Panics {
		fmt.Fprintf(&b, "panics if %s", e.Guard)
		for _, h := range e.Held {
			fmt.Fprintf(&b, ", holds %s %s", h.Mode, h.Path)
		}
		b.WriteByte('\n')
	}
	for _, c := range s.Calls {
		fmt.Fprintf(&b, "calls %s.%s%v if %s", c.Fn, c.Method, c.Args, c.Guard)
		for _, h := range c.Held {
			fmt.Fprintf(&b, ", holding %s %s", h.Mode, h.Path)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func orUnknown(n *path.Node) string {
	if n == nil {
		return "?"
	}
	return n.String()
}
