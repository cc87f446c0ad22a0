package ignore_places

import "testing"

type reader struct{ last int }

func (r *reader) Changed(m *Meter) { r.last = m.get() }

func TestChange(t *testing.T) {
	hooks = append(hooks, &reader{})
}

// Deadlocks, and is suppressed in the test.
func TestAbove(t *testing.T) {
	m := new(Meter)
	m.mu.Lock()
	m.get() //lockreentry:ignore downgrade kept as an example
	m.mu.Unlock()
}
