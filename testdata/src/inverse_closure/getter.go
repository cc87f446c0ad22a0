package inverse_closure

import (
	"regexp"
	"sync"
)

// A Deleter deletes keys.
type Deleter interface{ Delete(key string) }

// A Store has a lessor, which gets at it by a function.
type Store struct {
	mu     sync.Mutex
	lessor *Lessor
	keys   map[string]bool
}

// A Lessor lets keys expire.
type Lessor struct {
	mu     sync.Mutex
	writer func() Deleter
	self   func() *Lessor
	leases int
}

// NewStore makes a store with its lessor.
func NewStore() *Store {
	s := &Store{lessor: &Lessor{}}
	s.lessor.writer = func() Deleter { return s }
	le := s.lessor
	s.lessor.self = func() *Lessor { return le }
	return s
}

// Delete asks the lessor.
func (s *Store) Delete(key string) {
	s.lessor.mu.Lock()
	s.lessor.leases--
	s.lessor.mu.Unlock()
	delete(s.keys, key)
}

func (le *Lessor) len() int {
	le.mu.Lock()
	defer le.mu.Unlock()
	return le.leases
}

// Deadlocks: the store that the function returns is the one of the lessor.
func (le *Lessor) Expire(key string) {
	le.mu.Lock()
	defer le.mu.Unlock()
	le.writer().Delete(key) // want `\[relock\]`
}

// Fine: the key is deleted after the unlock.
func (le *Lessor) ExpireLater(key string) {
	le.mu.Lock()
	w := le.writer()
	le.mu.Unlock()
	w.Delete(key)
}

// Deadlocks: the function returns the lessor.
func (le *Lessor) Again() int {
	le.mu.Lock()
	defer le.mu.Unlock()
	return le.self().len() // want `\[relock\]`
}

// Fine: the function of another lessor.
func (le *Lessor) Other(o *Lessor) int {
	le.mu.Lock()
	defer le.mu.Unlock()
	return o.self().len()
}

// A Mirror asks what it is told to.
type Mirror struct {
	mu     sync.Mutex
	source func() *Mirror
	n      int
}

// NewMirror makes a mirror of itself.
func NewMirror() *Mirror {
	m := &Mirror{}
	m.source = func() *Mirror { return m }
	return m
}

// Follow has m be a mirror of what the function returns.
func (m *Mirror) Follow(source func() *Mirror) { m.source = source }

func (m *Mirror) size() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.n
}

// Deadlocks unless m has been told to follow another mirror.
func (m *Mirror) Size() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.source().size() // want `\[relock\]`
}

// A Shadow knows only what it is told.
type Shadow struct {
	mu     sync.Mutex
	source func() *Shadow
	n      int
}

// NewShadow makes a shadow of what the function returns.
func NewShadow(source func() *Shadow) *Shadow { return &Shadow{source: source} }

// Pairs makes two shadows of each other.
func Pairs() (*Shadow, *Shadow) {
	var a, b *Shadow
	a = NewShadow(func() *Shadow { return b })
	b = NewShadow(func() *Shadow { return a })
	return a, b
}

func (s *Shadow) size() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

// Fine: another shadow is asked.
func (s *Shadow) Size() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.source().size()
}

// A Pair has a function that returns one of two objects.
type Pair struct {
	mu   sync.Mutex
	pick func() *Pair
	n    int
}

// NewPair makes a pair.
func NewPair(o *Pair) *Pair {
	p := &Pair{}
	p.pick = func() *Pair {
		if o.n > 0 {
			return o
		}
		return p
	}
	return p
}

func (p *Pair) size() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.n
}

// Fine: the function may return the other one.
func (p *Pair) Size() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pick().size()
}

var compile = regexp.MustCompile

// Fine: what the function in the variable returns is new.
func (p *Pair) Matches(text string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return compile("[a-z]+").MatchString(text)
}
