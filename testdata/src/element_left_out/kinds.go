package element_left_out

import "sync"

// A shelf has boxes.
type shelf struct {
	mu    sync.Mutex
	boxes []*box
	full  int
}

type box struct {
	on *shelf
	n  int
}

func (s *shelf) add(n int) { s.boxes = append(s.boxes, &box{on: s, n: n}) }

func (b *box) lift() {
	b.on.mu.Lock()
	defer b.on.mu.Unlock()
}

func (b *box) liftFull() {
	if b.n > 3 {
		b.lift()
	}
}

// Deadlocks: some other box is full, or the call would never be made.
func (s *shelf) LiftOthers(keep *box) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.boxes {
		if b == keep {
			continue
		}
		if b.n > 3 {
			b.lift() // want `\[relock\]`
		}
	}
}

// Fine: the one that is kept may be the only full one.
func (s *shelf) CountOthers(keep *box) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.boxes {
		if b.n > 3 {
			s.full++
		}
		if b != keep {
			b.liftFull()
		}
	}
}
