// Package wire calls methods of what it is given.
package wire

import (
	"fmt"
	"io"
)

// A Source can be read.
type Source interface {
	Name() string
	Bytes() []byte
}

// Send writes what s holds.
func Send(w io.Writer, s Source) error {
	_, err := fmt.Fprintf(w, "%s %x", s.Name(), s.Bytes())
	return err
}

// Title asks for the name only.
func Title(s Source) string { return "[" + s.Name() + "]" }

// Kind asks nothing.
func Kind(s Source) string { return fmt.Sprintf("%T", s) }

// Keep keeps s for later.
func Keep(to chan<- Source, s Source) { to <- s }

// Async sends in a goroutine of its own.
func Async(w io.Writer, s Source) { go Send(w, s) }
