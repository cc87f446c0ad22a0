// Package changed_unseen holds cases of functions that have nothing to do with locks,
// are too large to be looked into, and change a flag that decides over one.
package changed_unseen

import "sync"

type store struct {
	mu     sync.Mutex
	locked bool
	quiet  bool
	names  []string
}

func (s *store) get() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.names)
}

// reset changes the flag locked.
func (s *store) reset(kind int) {
	switch kind {
	case 1:
		s.names = nil
	case 2:
		s.names = s.names[:0]
	case 3:
		s.names = append(s.names, "three")
	case 4:
		s.names = append(s.names, "four")
	case 5:
		s.names = append(s.names, "five")
	}
	s.locked = false
}

// trim changes no flag.
func (s *store) trim(kind int) {
	switch kind {
	case 1:
		s.names = nil
	case 2:
		s.names = s.names[:0]
	case 3:
		s.names = append(s.names, "three")
	case 4:
		s.names = append(s.names, "four")
	case 5:
		s.names = append(s.names, "five")
	}
}

func Reset(s *store, kind int) int {
	s.locked = true
	s.mu.Lock()
	s.reset(kind)
	if s.locked {
		s.mu.Unlock()
	}
	return s.get() // want `\[relock\]`
}

func Trimmed(s *store, kind int) int {
	s.locked = true
	s.mu.Lock()
	s.trim(kind)
	if s.locked {
		s.mu.Unlock()
	}
	return s.get() // Fine: the flag is still set.
}

func Made(kind int) int {
	s := &store{quiet: true}
	s.trim(kind)
	if !s.quiet {
		s.mu.Lock()
	}
	return s.get() // Fine
}

func MadeAndReset(kind int) int {
	s := &store{locked: true}
	s.mu.Lock()
	s.reset(kind)
	if s.locked {
		s.mu.Unlock()
	}
	return s.get() // want `\[relock\]`
}

func ResetOther(s, other *store, kind int) int {
	if s.quiet {
		s.mu.Lock()
	}
	other.reset(kind)
	if s.quiet {
		s.mu.Unlock()
	}
	return s.get() // Fine: reset does not change that flag.
}

type options struct{ locked bool }

type nested struct {
	mu      sync.Mutex
	options options
	names   []string
}

func (n *nested) get() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.names)
}

// assign changes the flag locked, in a struct.
func (n *nested) assign(o options, kind int) {
	switch kind {
	case 1:
		n.names = nil
	case 2:
		n.names = n.names[:0]
	case 3:
		n.names = append(n.names, "three")
	case 4:
		n.names = append(n.names, "four")
	case 5:
		n.names = append(n.names, "five")
	}
	n.options = o
}

func Assign(n *nested, o options, kind int) int {
	n.options.locked = true
	n.mu.Lock()
	n.assign(o, kind)
	if n.options.locked {
		n.mu.Unlock()
	}
	return n.get() // want `\[relock\]`
}
