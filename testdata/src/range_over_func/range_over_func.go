// Package range_over_func holds cases of loops over iterator functions, whose bodies are closures.
package range_over_func

import (
	"errors"
	"iter"
	"maps"
	"slices"
	"sync"
)

// A Shelf is a shelf of books.
type Shelf struct {
	mu    sync.RWMutex
	books map[string]int
	sold  int
}

// All yields the books under the read lock.
func (s *Shelf) All() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		s.mu.RLock()
		defer s.mu.RUnlock()
		for b, n := range s.books {
			if !yield(b, n) {
				return
			}
		}
	}
}

// Titles yields the titles without a lock: it copies them first.
func (s *Shelf) Titles() iter.Seq[string] {
	return func(yield func(string) bool) {
		s.mu.RLock()
		ts := slices.Collect(maps.Keys(s.books))
		s.mu.RUnlock()
		for _, t := range ts {
			if !yield(t) {
				return
			}
		}
	}
}

func (s *Shelf) stock(b string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.books[b]
}

func (s *Shelf) sell(b string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[b]--
	s.sold++
}

// Deadlocks: the body runs while All holds the read lock, and sell wants the write lock.
func (s *Shelf) SellAll() {
	for b, n := range s.All() { // want `\[upgrade\]`
		if n > 0 {
			s.sell(b)
		}
	}
}

// Deadlocks when a writer waits in between: the body read-locks again.
func (s *Shelf) Total() (t int) {
	for b := range s.All() { // want `\[recursive-rlock\]`
		t += s.stock(b)
	}
	return t
}

// Fine: Titles yields without the lock.
func (s *Shelf) SellOne() {
	for b := range s.Titles() {
		s.sell(b)
	}
}

// Fine: the body takes no lock.
func (s *Shelf) Max() (m int) {
	for _, n := range s.All() {
		m = max(m, n)
	}
	return m + s.stock("")
}

// Deadlocks: the iterator locks what is held around the loop.
func (s *Shelf) Reprice() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for b := range s.Titles() { // want `\[downgrade\]`
		s.books[b]++
	}
}

// Fine: return in the body leaves the function; it unlocks first.
func (s *Shelf) Find(seq iter.Seq[string]) (int, error) {
	s.mu.Lock()
	for b := range seq {
		if s.books[b] == 0 {
			s.mu.Unlock()
			return s.stock(b), errors.New("sold out")
		}
	}
	s.mu.Unlock()
	return s.stock("first"), nil
}

// Fine: continue in the body is the end of the body, break the end of the loop.
func (s *Shelf) Count(seq iter.Seq[string]) (n int) {
	for b := range seq {
		s.mu.RLock()
		if s.books[b] == 0 {
			s.mu.RUnlock()
			continue
		}
		n++
		s.mu.RUnlock()
		if n > 10 {
			break
		}
	}
	return n + s.stock("last")
}

// Deadlocks: break leaves the lock held behind the loop.
func (s *Shelf) First(seq iter.Seq[string]) int {
	for b := range seq {
		s.mu.Lock()
		if s.books[b] > 0 {
			s.sold++
			break
		}
		s.mu.Unlock()
	}
	return s.stock("first") // want `\[downgrade\]`
}

// Deadlocks: return in the body evaluates its operand under the lock.
func (s *Shelf) Pick(seq iter.Seq[string]) int {
	for b := range seq {
		s.mu.Lock()
		if s.books[b] > 0 {
			defer s.mu.Unlock()
			return s.stock(b) // want `\[downgrade\]`
		}
		s.mu.Unlock()
	}
	return 0
}

// Deadlocks: a defer in the body runs at the end of the function, so the next turn finds the lock held.
func (s *Shelf) Each(seq iter.Seq[string]) {
	for b := range slices.Values(slices.Collect(seq)) {
		s.mu.Lock() // want `\[relock\]`
		defer s.mu.Unlock()
		s.books[b] = 0
	}
}

// Fine: the loop is over another shelf.
func (s *Shelf) Import(from *Shelf) {
	for b, n := range from.All() {
		s.mu.Lock()
		s.books[b] = n
		s.mu.Unlock()
	}
}

// Deadlocks: the lock is held around a loop over a plain iterator, and the body asks for it.
func (s *Shelf) Labels(seq iter.Seq[string]) (out []int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for b := range seq {
		out = append(out, s.stock(b)) // want `\[recursive-rlock\]`
	}
	return out
}

// Fine: the labelled continue of the outer loop comes after the unlock.
func (s *Shelf) Match(a, b iter.Seq[string]) int {
outer:
	for x := range a {
		for y := range b {
			s.mu.Lock()
			if x == y {
				s.mu.Unlock()
				continue outer
			}
			s.sold++
			s.mu.Unlock()
		}
	}
	return s.stock("x")
}

// take locks in the body of the loop, and has unlocked when it returns.
func (s *Shelf) take(seq iter.Seq[string]) int {
	for b := range seq {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.books[b]
	}
	return 0
}

// takeOf does so over a known iterator, with a literal that unlocks.
func (s *Shelf) takeOf(titles []string) int {
	for b := range slices.Values(titles) {
		s.mu.Lock()
		defer func() {
			s.books[b] = 0
			s.mu.Unlock()
		}()
		return s.books[b]
	}
	return 0
}

// Fine: what the body of a loop defers runs when the function around it returns.
func (s *Shelf) Pair(seq iter.Seq[string]) int {
	n := s.take(seq)
	return n + s.take(seq)
}

// Fine: so it does here.
func (s *Shelf) PairOf(titles []string) int {
	n := s.takeOf(titles)
	return n + s.takeOf(titles) + s.stock("first")
}

// Deadlocks: take still locks.
func (s *Shelf) Under(seq iter.Seq[string]) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.take(seq) // want `\[relock\]`
}

// Fine: each turn locks another shelf, and all are unlocked at the end.
func Freeze(shelves iter.Seq[*Shelf]) {
	for s := range shelves {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.sold = 0
	}
}

// Fine: each turn locks another shelf of a slice.
func FreezeAll(shelves []*Shelf) (n int) {
	for _, s := range slices.All(shelves) {
		s.mu.Lock()
		defer s.mu.Unlock()
		n += s.sold
	}
	return n
}

// Fine: only the first turn locks.
func (s *Shelf) Once(seq iter.Seq[string]) {
	locked := false
	for b := range seq {
		if !locked {
			s.mu.Lock()
			defer s.mu.Unlock()
			locked = true
		}
		s.books[b] = 0
	}
}

// Fine: no path leads to the loop.
func (s *Shelf) Empty(seq iter.Seq[string], all bool) {
	if !all {
		return
	}
	if !all {
		for b := range seq {
			s.mu.Lock()
			s.put(b)
			s.mu.Unlock()
		}
	}
}

// Deadlocks: the loop has turns.
func (s *Shelf) Fill(seq iter.Seq[string], all bool) {
	if !all {
		return
	}
	if all {
		for b := range seq {
			s.mu.Lock()
			s.put(b) // want `\[relock\]`
			s.mu.Unlock()
		}
	}
}

func (s *Shelf) put(b string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[b] = 0
}
