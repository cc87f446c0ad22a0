package type_assert

import "sync"

type stock interface{ get(string) string }

// needsLock is what those implement that don't lock themselves.
type needsLock interface{ needsLock() }

type localStock struct{ s *shop }

func (m localStock) get(k string) string { return m.s.data[k] }
func (m localStock) needsLock()          {}

type remoteStock struct{ s *shop }

func (r remoteStock) get(k string) string {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	return r.s.data[k]
}

type shop struct {
	mu   sync.Mutex
	data map[string]string
	b    stock
}

func newShop(far bool) *shop {
	s := &shop{}
	if far {
		s.b = remoteStock{s}
	} else {
		s.b = localStock{s}
	}
	return s
}

// Fine: what asks for the lock does not take it.
func (s *shop) Look(k string) string {
	if _, ok := s.b.(needsLock); ok {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.b.get(k)
}

// Deadlocks: the test is the wrong way round.
func (s *shop) LookWrong(k string) string {
	if _, ok := s.b.(needsLock); !ok {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.b.get(k) // want `\[relock\]`
}
