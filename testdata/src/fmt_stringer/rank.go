package fmt_stringer

import (
	"encoding/json"
	"fmt"
	"sync"
)

// A Mishap is an error, and has a String that locks.
type Mishap struct {
	mu   sync.Mutex
	text string
}

// Error locks nothing.
func (f *Mishap) Error() string { return f.text }

// String locks f.
func (f *Mishap) String() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text
}

// Fine: package fmt asks an error for Error.
func (f *Mishap) Print() {
	f.mu.Lock()
	defer f.mu.Unlock()
	fmt.Println(f)
}

// Fine: so does this verb.
func (f *Mishap) Sprintf() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return fmt.Sprintf("%v", f)
}

// A Defect has the two the other way round.
type Defect struct {
	mu   sync.Mutex
	text string
}

// Error locks f.
func (f *Defect) Error() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text
}

// String locks nothing.
func (f *Defect) String() string { return f.text }

// Deadlocks: Error is asked for.
func (f *Defect) Print() {
	f.mu.Lock()
	defer f.mu.Unlock()
	fmt.Println(f) // want `\[relock\]`
}

// A Form formats itself.
type Form struct {
	mu   sync.Mutex
	text string
}

// Format locks nothing.
func (f *Form) Format(s fmt.State, verb rune) { fmt.Fprint(s, f.text) }

// Error locks f.
func (f *Form) Error() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text
}

// Fine: Format comes first.
func (f *Form) Print() {
	f.mu.Lock()
	defer f.mu.Unlock()
	fmt.Println(f)
}

// A Record is encoded by MarshalJSON; its MarshalText locks.
type Record struct {
	mu   sync.Mutex
	text string
}

// MarshalJSON locks nothing.
func (r *Record) MarshalJSON() ([]byte, error) { return []byte(`"` + r.text + `"`), nil }

// MarshalText locks r.
func (r *Record) MarshalText() ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return []byte(r.text), nil
}

// Fine: JSON has a method of its own.
func (r *Record) Encode() ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return json.Marshal(r)
}
