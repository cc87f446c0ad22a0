package keyword_table

import "sync"

// A Shell has functions by constant keys, and one more that it gets.
type Shell struct {
	mu    sync.Mutex
	funcs map[string]func()
	n     int
}

// Init fills the table.
func (s *Shell) Init(f func()) {
	s.funcs["sync"] = func() {
		s.mu.Lock()
		s.mu.Unlock()
	}
	s.funcs["count"] = func() { s.n++ }
	s.funcs["f"] = f
}

// Fine: the function with that key locks nothing.
func (s *Shell) Count() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f, ok := s.funcs["count"]; ok {
		f()
	}
}

// Deadlocks: this one locks.
func (s *Shell) Sync() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.funcs["sync"]() // want `\[relock\]`
}

// Deadlocks with one of the keys.
func (s *Shell) Run(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.funcs[name]() // want `\[relock\]`
}

var verbs = map[string]func(*Shell){
	"sync":  func(s *Shell) { s.mu.Lock(); s.mu.Unlock() },
	"count": func(s *Shell) { s.n++ },
}

// Fine: the function with that key locks nothing.
func (s *Shell) CountVerb() {
	s.mu.Lock()
	defer s.mu.Unlock()
	verbs["count"](s)
}

// Deadlocks: this one locks.
func (s *Shell) SyncVerb() {
	s.mu.Lock()
	defer s.mu.Unlock()
	verbs["sync"](s) // want `\[relock\]`
}
