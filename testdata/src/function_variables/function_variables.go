// Package function_variables holds cases of calls through variables of function type.
package function_variables

import "sync"

// A Sensor has a reading.
type Sensor struct {
	mu    sync.Mutex
	value float64
	scale func(float64) float64
}

func (s *Sensor) read() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.value
}

func (s *Sensor) raw() float64 { return s.value }

func double(f float64) float64 { return 2 * f }

// Deadlocks on the path where get is read.
func (s *Sensor) Sample(checked bool) float64 {
	get := s.raw
	if checked {
		get = s.read
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return get() // want `\[relock\]`
}

// Fine: neither function takes the lock.
func (s *Sensor) Scaled(twice bool) float64 {
	f := func(v float64) float64 { return v }
	if twice {
		f = double
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return f(s.value)
}

// Fine: get is read only when the lock is not taken.
func (s *Sensor) Current(locked bool) float64 {
	get := s.read
	if locked {
		get = s.raw
	}
	if locked {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return get()
}

// Deadlocks: the correlation is the wrong way round.
func (s *Sensor) Wrong(locked bool) float64 {
	get := s.raw
	if locked {
		get = s.read
	}
	if locked {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return get() // want `\[relock\]`
}

// Fine: the function that is called under the lock was replaced before.
func (s *Sensor) Replace() float64 {
	get := s.read
	v := get()
	get = s.raw
	s.mu.Lock()
	defer s.mu.Unlock()
	return v + get()
}

// Deadlocks: the variable is captured and assigned once.
func (s *Sensor) Deferred() (v float64) {
	get := s.read
	f := func() { v = get() }
	s.mu.Lock()
	defer s.mu.Unlock()
	f() // want `\[relock\]`
	return v
}

// Deadlocks: a table of functions that was made here.
func (s *Sensor) Table(name string) float64 {
	ops := map[string]func() float64{
		"read": s.read,
		"raw":  s.raw,
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return ops["read"]() // want `\[relock\]`
}

// Fine: a function of unknown origin.
func (s *Sensor) Unknown(f func() float64) float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return f()
}

// Fine: s.scale is nil or double, which takes no lock.
func (s *Sensor) Scale() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.scale == nil {
		s.scale = double
	}
	return s.scale(s.value)
}

// Deadlocks: the second function of the list locks.
func (s *Sensor) All() (sum float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range []func() float64{s.raw, s.read} {
		sum += f() // want `\[relock\]`
	}
	return sum
}

// Fine: no function of the list locks s.
func (s *Sensor) Others(o *Sensor) (sum float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range []func() float64{s.raw, o.read} {
		sum += f()
	}
	return sum
}

// Deadlocks: an entry of the table has a function that locks.
func (s *Sensor) Steps() (sum float64) {
	steps := []struct {
		name string
		get  func() float64
	}{{"raw", s.raw}, {"read", s.read}}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, st := range steps {
		sum += st.get() // want `\[relock\]`
	}
	return sum
}

// Fine: the entry says whether its function locks.
func (s *Sensor) Flagged() (sum float64) {
	for _, st := range []struct {
		locks bool
		get   func() float64
	}{{false, s.raw}, {true, s.read}} {
		if st.locks {
			sum += st.get()
			continue
		}
		s.mu.Lock()
		sum += st.get()
		s.mu.Unlock()
	}
	return sum
}

// Deadlocks: what the entry says is the wrong way round.
func (s *Sensor) Misflagged() (sum float64) {
	for _, st := range []struct {
		locks bool
		get   func() float64
	}{{true, s.raw}, {false, s.read}} {
		if st.locks {
			sum += st.get()
			continue
		}
		s.mu.Lock()
		sum += st.get() // want `\[relock\]`
		s.mu.Unlock()
	}
	return sum
}

// Deadlocks: the name may be that of the function that locks.
func (s *Sensor) Named(name string) float64 {
	ops := map[string]func() float64{"read": s.read, "raw": s.raw}
	s.mu.Lock()
	defer s.mu.Unlock()
	if f, ok := ops[name]; ok {
		return f() // want `\[relock\]`
	}
	return 0
}

// Fine: the function that locks has been replaced.
func (s *Sensor) Renamed(name string) float64 {
	ops := map[string]func() float64{"read": s.read, "raw": s.raw}
	ops["read"] = s.raw
	s.mu.Lock()
	defer s.mu.Unlock()
	return ops[name]()
}

// Fine: for that name the lock is not taken.
func (s *Sensor) Chosen(name string) float64 {
	ops := map[string]func() float64{"read": s.read, "raw": s.raw}
	if name != "read" {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return ops[name]()
}

// Deadlocks: the array is filled by index and called in a loop.
func (s *Sensor) Filled() (sum float64) {
	var get [2]func() float64
	get[0] = s.raw
	get[1] = s.read
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range get {
		sum += get[i]() // want `\[relock\]`
	}
	return sum
}

// Fine: the functions are called in the order of the list.
func (s *Sensor) Ordered() {
	for _, f := range []func(){s.mu.Lock, func() { s.value++ }, s.mu.Unlock, func() { s.read() }} {
		f()
	}
}
