package finding

import (
	"testing"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// TestWrapper checks that the wrapper of a method value, which is written
// nowhere, is no part of the path that people read.
func TestWrapper(t *testing.T) {
	f := Finding{
		Code: lock.Relock,
		Held: []summary.Step{{Func: "Hub.Publish", Text: "h.mu.Lock", At: "hub.go:29", Kind: summary.Locks}},
		Steps: []summary.Step{
			{Func: "Hub.Publish", Text: "Call", At: "hub.go:31", Kind: summary.Calls},
			{Func: "Call", Text: "count$bound", At: "call.go:7", Kind: summary.Calls},
			{Func: "count$bound", Text: "Hub.count", At: ".:0", Kind: summary.Calls},
			{Func: "Hub.count", Text: "h.mu.Lock", At: "hub.go:23", Kind: summary.Locks},
		},
	}
	const want = "h.mu is locked again while held: locked at hub.go:29, then Call → Hub.count → h.mu.Lock at hub.go:23 [relock]"
	if got := f.Message(); got != want {
		t.Errorf("message %s\nwant    %s", got, want)
	}
	path := f.Path()
	if len(path) != 4 || path[2].Text != "Call calls Hub.count at call.go:7" {
		t.Errorf("path %+v", path)
	}
}

// TestCalledAt checks that the message tells where the wrapper of a lock is called, and
// what the lock is there, and not only where the wrapper locks.
func TestCalledAt(t *testing.T) {
	f := Finding{
		Code: lock.Relock,
		Held: []summary.Step{
			{Func: "Hub.Publish", Text: "Mutex.Lock", At: "hub.go:29", Kind: summary.Calls},
			{Func: "Mutex.Lock", Text: "m.mu.Lock", At: "mutex.go:7", Kind: summary.Locks},
		},
		Steps: []summary.Step{{Func: "Hub.Publish", Text: "m.mu.Lock", At: "hub.go:31", Kind: summary.Locks}},
		Lock:  "h.lock.mu",
	}
	const want = "m.mu is locked again while held: locked at mutex.go:7 (called at hub.go:29, where it is h.lock.mu), then m.mu.Lock at hub.go:31 [relock]"
	if got := f.Message(); got != want {
		t.Errorf("message %s\nwant    %s", got, want)
	}
}
