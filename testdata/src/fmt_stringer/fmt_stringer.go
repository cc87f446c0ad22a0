// Package fmt_stringer holds cases of fmt calling the String, Error, Format and GoString methods of its operands.
package fmt_stringer

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// A Session describes itself under its lock.
type Session struct {
	mu    sync.RWMutex
	id    string
	hits  int
	err   *Failure
	Owner *User
	peer  *Session
}

// String describes s.
func (s *Session) String() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.id
}

// A User has a method that locks, but not one that fmt knows.
type User struct {
	mu   sync.Mutex
	name string
}

// Name returns the name.
func (u *User) Name() string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.name
}

// A Failure is an error of a session.
type Failure struct{ s *Session }

// Error asks the session.
func (f *Failure) Error() string {
	f.s.mu.RLock()
	defer f.s.mu.RUnlock()
	return "failed after " + f.s.id
}

// Deadlocks: Sprintf calls String for %v.
func (s *Session) Hit() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits++
	return fmt.Sprintf("%v hit %d times", s, s.hits) // want `\[downgrade\]`
}

// Deadlocks when a writer waits in between: Println calls String.
func (s *Session) Show() {
	s.mu.RLock()
	defer s.mu.RUnlock()
	fmt.Println("session", s) // want `\[recursive-rlock\]`
}

// Fine: Println after the unlock.
func (s *Session) Print() {
	s.mu.RLock()
	n := s.hits
	s.mu.RUnlock()
	fmt.Println(s, n)
}

// Fine: %p and %T call no method.
func (s *Session) Addr() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%T at %p", s, s)
}

// Fine: the operands are fields without methods.
func (s *Session) Fields() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%s %d", s.id, s.hits)
}

// Fine: %d of the second operand; %s is for the first.
func (s *Session) Count() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%s: %d", s.id, s.hits)
}

// Deadlocks: Fprintf and %s, in an error path.
func (s *Session) Check() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hits == 0 {
		fmt.Fprintf(os.Stderr, "unused %s\n", s) // want `\[downgrade\]`
		return errors.New("unused")
	}
	return nil
}

// Deadlocks: %w formats the error, which asks the session.
func (s *Session) Fail() error {
	f := &Failure{s: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Errorf("session: %w", f) // want `\[downgrade\]`
}

// Fine: the error is about another session.
func (s *Session) FailFor(o *Session) error {
	f := &Failure{s: o}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Errorf("session: %w", f)
}

// Deadlocks: the elements of a slice are formatted by their methods.
func (s *Session) List() string {
	all := []*Session{s}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprint(all) // want `\[downgrade\]`
}

// Fine: another session describes itself.
func (s *Session) Peer() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprint("peer ", s.peer)
}

// Fine: fmt knows no method Name.
func (u *User) Greet() string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return fmt.Sprint("hello ", u.name, fmt.Sprintf("%p", u))
}

// A Point has a String method of its pointer; fmt is given the value.
type Point struct {
	at *Session
	x  int
}

// String asks the session.
func (p *Point) String() string { return fmt.Sprint(p.x, p.at) }

// Deadlocks: the pointer has the method.
func (s *Session) Mark() string {
	p := &Point{at: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprint(p) // want `\[downgrade\]`
}

// Fine: the value does not have the method, and what it points to is printed as an address.
func (s *Session) MarkValue() string {
	p := Point{at: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprint(p)
}

// A Verb formats itself.
type Verb struct{ s *Session }

// Format is called for every verb.
func (v Verb) Format(f fmt.State, c rune) { fmt.Fprint(f, v.s.String()) }

// Deadlocks: Format is called for %d too.
func (s *Session) Verb() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%d", Verb{s}) // want `\[downgrade\]`
}

// A Code has a GoString method only.
type Code struct{ s *Session }

// GoString is called for %#v.
func (c Code) GoString() string { return c.s.String() }

// Deadlocks: %#v calls GoString.
func (s *Session) Code() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%#v", Code{s}) // want `\[downgrade\]`
}

// Fine: %v does not call GoString.
func (s *Session) CodeValue() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%v", Code{s})
}

// Deadlocks: Sscan calls Scan of its operand.
func (s *Session) Parse(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Sscan(text, &field{s}) // want `\[relock\]`
}

type field struct{ s *Session }

// Scan stores what it reads.
func (f *field) Scan(st fmt.ScanState, verb rune) error {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	_, err := fmt.Fscan(st, &f.s.id)
	return err
}

// A Table has sessions, one of them hidden.
type Table struct {
	Rows   []*Session
	First  *Session
	hidden *Session
}

// Deadlocks: the exported field of the struct is formatted by its method.
func (s *Session) Row() string {
	t := Table{First: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%+v", t) // want `\[downgrade\]`
}

// Deadlocks: so is an element of the slice in it, through the pointer to the struct.
func (s *Session) Rows() string {
	t := &Table{Rows: []*Session{s}}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprint(t) // want `\[downgrade\]`
}

// Fine: a field that is not exported is printed without its method.
func (s *Session) Hidden() string {
	t := Table{hidden: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprint(t)
}

// Fine: inside a slice a pointer to a struct is printed as an address.
func (s *Session) Tables() string {
	all := []*Table{{First: s}}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprint(all)
}

// Fine: the session has been taken out of the list.
func (s *Session) Listed(o *Session) string {
	all := []*Session{s}
	all[0] = o
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprint(all)
}

// Fine: %d calls no String method of the elements.
func (s *Session) Numbers() string {
	all := []*Session{s}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%d", all)
}
