package picked_out

import "sync"

// A Switch keeps its lines in several containers.
type Switch struct {
	mu    sync.Mutex
	lines map[string]*Line
	all   []*Line
}

// A Line asks its switch unless it is cut.
type Line struct {
	sw   *Switch
	cut  bool
	used int
}

// Add makes a line.
func (s *Switch) Add(name string) {
	l := &Line{sw: s}
	s.mu.Lock()
	s.lines[name] = l
	s.all = append(s.all, l)
	s.mu.Unlock()
}

// Close does nothing to a line that has been cut.
func (l *Line) Close() {
	if l.cut {
		return
	}
	l.sw.mu.Lock()
	l.cut = true
	l.sw.mu.Unlock()
}

// Fine: all lines are cut first.
func (s *Switch) CutAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.lines {
		l.cut = true
	}
	for _, l := range s.lines {
		l.Close()
	}
}

// Deadlocks: counting cuts no line.
func (s *Switch) CountAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.all {
		l.used++
	}
	for _, l := range s.all {
		l.Close() // want `\[relock\]`
	}
}

// Fine: the line is cut, wherever it has been taken out.
func (s *Switch) CutFirst() {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.all[0]
	l.cut = true
	s.all = s.all[1:]
	l.Close()
}

// Deadlocks: the line is not cut.
func (s *Switch) DropFirst() {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.all[0]
	s.all = s.all[1:]
	l.Close() // want `\[relock\]`
}

func (s *Switch) cutAll() {
	for _, l := range s.all {
		l.cut = true
	}
}

// Fine: cutAll has cut them.
func (s *Switch) CutByHelper() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cutAll()
	for _, l := range s.all {
		l.Close()
	}
}

// Deadlocks: they are cut too late.
func (s *Switch) CutTooLate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.all {
		l.Close() // want `\[relock\]`
	}
	s.cutAll()
}
