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
