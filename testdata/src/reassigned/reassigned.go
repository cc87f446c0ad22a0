// Package reassigned holds cases of variables and fields that get another value between two acquisitions.
package reassigned

import "sync"

// A Segment is a part of a log.
type Segment struct {
	mu   sync.Mutex
	n    int
	next *Segment
}

// A Log has a current segment.
type Log struct {
	mu   sync.Mutex
	cur  *Segment
	prev *Segment
}

func (s *Segment) size() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

func (l *Log) roll() {
	l.prev = l.cur
	l.cur = &Segment{next: l.cur}
}

// Fine: the field was stored to, it names another segment.
func (l *Log) Next() int {
	l.cur.mu.Lock()
	old := l.cur
	defer old.mu.Unlock()
	l.cur = l.cur.next
	return l.cur.size()
}

// Fine: roll stores to the field.
func (l *Log) Roll() int {
	s := l.cur
	s.mu.Lock()
	defer s.mu.Unlock()
	l.roll()
	return l.cur.size()
}

// Deadlocks: the field is not stored to in between.
func (l *Log) Size() int {
	s := l.cur
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return l.cur.size() // want `\[relock\]`
}

// Deadlocks: the local variable still names the locked segment, whatever the field names.
func (l *Log) Old() int {
	s := l.cur
	s.mu.Lock()
	defer s.mu.Unlock()
	l.roll()
	return s.size() // want `\[relock\]`
}

// Deadlocks: another field is stored to.
func (l *Log) Keep() int {
	l.cur.mu.Lock()
	defer l.cur.mu.Unlock()
	l.prev = nil
	return l.cur.size() // want `\[relock\]`
}

// Fine: the variable is assigned another segment.
func (l *Log) Walk(s *Segment) int {
	first := s
	first.mu.Lock()
	defer first.mu.Unlock()
	s = s.next
	return s.size()
}

// Deadlocks: the variable is assigned another segment and gets the old one back.
func (l *Log) Back(s *Segment) int {
	s.mu.Lock()
	old := s
	s = s.next
	s.n++
	s = old
	defer old.mu.Unlock()
	return s.size() // want `\[relock\]`
}

// Deadlocks: the field gets the locked segment back.
func (l *Log) Restore() int {
	s := l.cur
	s.mu.Lock()
	defer s.mu.Unlock()
	l.cur = nil
	s.n = 0
	l.cur = s
	return l.cur.size() // want `\[relock\]`
}

// Deadlocks on the path on which s is not replaced.
func (l *Log) Maybe(s *Segment, skip bool) int {
	t := s
	if skip {
		t = &Segment{}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return t.size() // want `\[relock\]`
}

// Fine: t is s only on the path on which nothing is locked.
func (l *Log) Either(s *Segment, skip bool) int {
	t := s
	if skip {
		t = &Segment{}
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return t.size()
}

// Fine: the whole struct behind the pointer is replaced.
func (l *Log) Reset() int {
	s := l.cur
	s.mu.Lock()
	*l = Log{cur: &Segment{}}
	n := l.cur.size()
	s.mu.Unlock()
	return n
}

// Fine: a callee that gets the log may store to its field.
func (l *Log) Hook(f func(*Log)) int {
	s := l.cur
	s.mu.Lock()
	defer s.mu.Unlock()
	f(l)
	return l.cur.size()
}
