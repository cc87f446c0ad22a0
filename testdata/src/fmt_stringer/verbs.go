package fmt_stringer

import (
	"fmt"
	"sync"
)

// A Span formats itself, and only by %s as a string.
type Span struct {
	mu sync.Mutex
	id int
}

// String locks.
func (s *Span) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprint(s.id)
}

// Format asks String for %s only.
func (s *Span) Format(f fmt.State, verb rune) {
	switch verb {
	case 's':
		fmt.Fprint(f, s.String())
	case 'v':
		fmt.Fprintf(f, "%d", s.id)
	}
}

// Fine: Format does not ask String then, and nobody else does.
func (s *Span) Value() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%v %d", s, s.id) + fmt.Sprint(s)
}

// Deadlocks: it does for %s.
func (s *Span) Text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%d: %s", s.id, s) // want `Span\.Format → Span\.String`
}

// Deadlocks: it may be either.
func (s *Span) Both() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%[1]v %[1]s", s) // want `\[relock\]`
}

var level int

func debugEnabled() bool { return level == 2 }

func debug(format string, args ...any) {
	if debugEnabled() {
		fmt.Printf(format, args...)
	}
}

// Fine: whether anything is printed or not, String is not asked.
func (s *Span) LogValue() {
	s.mu.Lock()
	defer s.mu.Unlock()
	debug("at %v", s)
}

// Deadlocks if the level is that.
func (s *Span) LogText() {
	s.mu.Lock()
	defer s.mu.Unlock()
	debug("at %s", s) // want `\[relock\]`
}
