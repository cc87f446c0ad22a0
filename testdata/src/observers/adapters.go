package observers

import "sync"

// Settings tells listeners of changes, by name or of all.
type Settings struct {
	mu     sync.RWMutex
	values map[string]string
	named  map[string][]Listener
	all    []Listener
	last   []Listener
}

// A Listener is told of a change.
type Listener interface {
	Changed(s *Settings, name string)
}

// ListenerFunc is a function as a listener.
type ListenerFunc func(s *Settings, name string)

// Changed calls f.
func (f ListenerFunc) Changed(s *Settings, name string) { f(s, name) }

// On adds a listener for one setting.
func (s *Settings) On(name string, l Listener) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.named[name] = append(s.named[name], l)
}

// OnAll adds a listener for all.
func (s *Settings) OnAll(l Listener) { s.all = append(s.all, l) }

// OnLast adds a listener that is told at the end.
func (s *Settings) OnLast(l Listener) { s.last = append(s.last, l) }

// Get returns a setting.
func (s *Settings) Get(name string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.values[name]
}

type daemon struct {
	addr, other string
	of          *Settings
}

func newDaemon(s, other *Settings) *daemon {
	d := &daemon{of: other}
	s.On("addr", ListenerFunc(d.moved))
	s.OnAll(ListenerFunc(d.changed))
	s.OnLast(ListenerFunc(d.done))
	return d
}

func (d *daemon) moved(s *Settings, name string)   { d.addr = s.Get(name) }
func (d *daemon) changed(s *Settings, name string) { d.other = s.Get("other") }
func (d *daemon) done(_ *Settings, name string)    { d.other = d.of.Get(name) }

// Deadlocks: the daemon asks for the setting.
func (s *Settings) Set(name, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[name] = value
	for _, l := range s.named[name] {
		l.Changed(s, name) // want `\[downgrade\]`
	}
}

// Deadlocks: also of all.
func (s *Settings) SetAll(value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name := range s.values {
		s.values[name] = value
		for _, l := range s.all {
			l.Changed(s, name) // want `\[downgrade\]`
		}
	}
}

// Fine: the daemon asks other settings.
func (s *Settings) Done() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.last {
		l.Changed(s, "last")
	}
}

// Fine: told when the lock is free.
func (s *Settings) SetLater(name, value string) {
	s.mu.Lock()
	s.values[name] = value
	list := s.named[name]
	s.mu.Unlock()
	for _, l := range list {
		l.Changed(s, name)
	}
}
