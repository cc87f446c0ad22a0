package transaction_closure

import "sync"

type vault struct {
	mu   sync.Mutex
	data map[string]string
}

// A spell ends once: by the closure, or after it.
type spell struct {
	v    *vault
	done bool
}

func (s *spell) end() {
	if !s.done {
		s.done = true
		s.v.mu.Unlock()
	}
}

func (v *vault) set(k string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.data[k] = ""
}

func (v *vault) update(f func(*spell)) {
	v.mu.Lock()
	s := &spell{v: v}
	defer s.end()
	f(s)
}

// Fine: the closure has ended the spell.
func (v *vault) Ended() {
	v.update(func(s *spell) {
		s.end()
		v.set("ended")
	})
}

// Deadlocks: it has not.
func (v *vault) Open() {
	v.update(func(s *spell) { // want `\[relock\]`
		v.set("open")
		s.end()
	})
}

// Deadlocks: the spell is open, though it could be done.
func (v *vault) Asked() {
	v.update(func(s *spell) { // want `\[relock\]`
		if !s.done {
			v.set("open")
		}
	})
}

// Fine: there is a spell, and it is not done.
func (v *vault) Never() {
	v.update(func(s *spell) {
		if s == nil || s.done {
			v.set("never")
		}
	})
}
