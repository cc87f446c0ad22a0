package range_over_func

import "iter"

func filter[T any](seq iter.Seq[T], keep func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range seq {
			if keep(v) && !yield(v) {
				return
			}
		}
	}
}

func apply[T, U any](seq iter.Seq[T], f func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		seq(func(v T) bool { return yield(f(v)) })
	}
}

// Spines yields the titles under the read lock.
func (s *Shelf) Spines() iter.Seq[string] {
	return func(yield func(string) bool) {
		s.mu.RLock()
		defer s.mu.RUnlock()
		for b := range s.books {
			if !yield(b) {
				return
			}
		}
	}
}

func isSold(string) bool { return true }

func name(b string) string { return b + "!" }

// Deadlocks: what is filtered is yielded under the read lock.
func (s *Shelf) SellFiltered() {
	for b := range filter(s.Spines(), isSold) { // want `\[upgrade\]`
		s.sell(b)
	}
}

// Deadlocks: so is what is made of it, of that again.
func (s *Shelf) SellRenamed() {
	for b := range apply(apply(s.Spines(), name), name) { // want `\[upgrade\]`
		s.sell(b)
	}
}

// Deadlocks when a writer waits in between: the function that is applied locks.
func (s *Shelf) Stocks() (t int) {
	for n := range apply(s.Spines(), s.stock) { // want `\[recursive-rlock\]`
		t += n
	}
	return t
}

// Fine: Titles yields without the lock.
func (s *Shelf) SellTitles() {
	for b := range filter(apply(s.Titles(), name), isSold) {
		s.sell(b)
	}
}

// Fine: what is yielded is of another shelf.
func (s *Shelf) SellOf(o *Shelf) {
	for b := range filter(o.Spines(), isSold) {
		s.sell(b)
	}
	for b := range filter(s.Spines(), isSold) {
		o.sell(b)
	}
}
