// Package mutex holds cases of a sync.Mutex kept by value in a struct.
package mutex

import (
	"errors"
	"fmt"
	"sync"
)

// A Session is one client of a gateway.
type Session struct {
	mu     sync.Mutex
	id     string
	topics map[string]int
	closed bool
}

func (s *Session) depth() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.topics)
}

func (s *Session) describe() string {
	return fmt.Sprintf("%s (%d topics)", s.id, s.depth())
}

func (s *Session) audit(what string) {
	fmt.Println(what, s.describe())
}

// Deadlocks: the second Lock has no Unlock before it.
func (s *Session) Reset() {
	s.mu.Lock()
	s.topics = nil
	s.mu.Lock() // want `\[relock\]`
	s.closed = false
	s.mu.Unlock()
}

// Deadlocks: depth takes the lock that Subscribe holds until it returns.
func (s *Session) Subscribe(topic string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.depth() > 100 { // want `\[relock\]`
		return errors.New("too many topics")
	}
	s.topics[topic]++
	return nil
}

// Deadlocks: two calls deep, describe asks depth.
func (s *Session) Rename(id string) string {
	s.mu.Lock()
	s.id = id
	was := s.describe() // want `\[relock\]`
	s.mu.Unlock()
	return was
}

// Deadlocks: three calls deep, audit → describe → depth.
func (s *Session) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.closed = true
	s.audit("close") // want `\[relock\]`
}

// depthLocked takes the lock, whatever its name says.
func (s *Session) depthLocked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.topics)
}

// Deadlocks: the name of depthLocked is no evidence, its body is.
func (s *Session) Trim() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.depthLocked() > 10 { // want `\[relock\]`
		s.dropOne()
	}
}

func (s *Session) dropOne() {
	for t := range s.topics {
		delete(s.topics, t)
		return
	}
}

// Fine: the lock is released before each call that takes it.
func (s *Session) Publish(topic string) string {
	s.mu.Lock()
	s.topics[topic]++
	s.mu.Unlock()
	d := s.describe()
	s.mu.Lock()
	s.closed = false
	s.mu.Unlock()
	return d
}

// Fine: dropOne takes no lock.
func (s *Session) Shrink() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropOne()
}

// lockAndDrop is called without the lock, whatever its name says.
func (s *Session) lockAndDrop() {
	s.mu.Lock()
	s.dropOne()
	s.mu.Unlock()
}

// Fine: nothing is held here.
func (s *Session) Drain() {
	for s.depth() > 0 {
		s.lockAndDrop()
	}
	s.audit("drained")
}

// Fine: the call comes before the lock.
func (s *Session) Swap(topics map[string]int) int {
	n := s.depth()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.topics = topics
	return n
}

// Fine: the local session is another object than s.
func (s *Session) Clone() *Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &Session{id: s.id, topics: map[string]int{}}
	for t := range s.topics {
		c.topics[t] = 0
	}
	c.audit("cloned")
	return c
}

// A plain local mutex works the same way.
func tally(words []string) map[string]int {
	var mu sync.Mutex
	out := map[string]int{}
	add := func(w string) {
		mu.Lock()
		out[w]++
		mu.Unlock()
	}
	for _, w := range words {
		// Fine: nothing is held here.
		add(w)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(out) == 0 {
		// Deadlocks: mu is held until tally returns.
		add("") // want `\[relock\]`
	}
	return out
}
