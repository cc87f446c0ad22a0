// Package importer_callback holds cases of callbacks that a package implements for one that it imports, and that call it back.
package importer_callback

import (
	"fmt"

	"importer_callback/bus"
)

type counter struct {
	bus  *bus.Bus
	last int
}

// On asks the bus.
func (c *counter) On(topic string) { c.last = c.bus.Sent() }

type echo struct{ bus *bus.Bus }

// On publishes again.
func (e echo) On(topic string) { e.bus.Publish("echo." + topic) }

type quiet struct{ topics []string }

// On takes no lock.
func (q *quiet) On(topic string) { q.topics = append(q.topics, topic) }

// Deadlocks: Publish calls On of the counter under the lock that Sent takes.
func Count(b *bus.Bus) {
	c := &counter{bus: b}
	b.Register(c) // want `\[downgrade\]`
}

// Fine: On of quiet takes no lock.
func Quiet(b *bus.Bus) *quiet {
	q := &quiet{}
	b.Register(q)
	return q
}

// Fine: the counter asks another bus.
func Bridge(b, to *bus.Bus) {
	b.Register(&counter{bus: to})
}

// Deadlocks: Publish calls the function under the lock that Sent takes.
func Log(b *bus.Bus) {
	b.Handle("log", func(t string) { fmt.Println(t, b.Sent()) }) // want `\[downgrade\]`
}

// Fine: After calls the function without the lock.
func LogAfter(b *bus.Bus) {
	b.After(func(t string) { fmt.Println(t, b.Sent()) })
}

// Deadlocks: Do calls On under the lock, and On publishes.
func Echo(b *bus.Bus) {
	b.Do(echo{b}, "once") // want `\[relock\]`
}

// Fine: the echo is published on another bus.
func EchoTo(b, to *bus.Bus) {
	b.Do(echo{to}, "once")
}

// Deadlocks when a writer waits in between: View calls the literal under the read lock.
func Show(b *bus.Bus) {
	b.View(func(n int) { fmt.Println(n, b.Sent()) }) // want `\[recursive-rlock\]`
}

// Deadlocks: the write lock under the read lock of View.
func Push(b *bus.Bus) {
	b.View(func(n int) { // want `\[upgrade\]`
		if n == 0 {
			b.Publish("first")
		}
	})
}

// Fine: the literal uses what it is given.
func Print(b *bus.Bus) {
	b.View(func(n int) { fmt.Println(n) })
}

// Deadlocks: Send calls the reader under the lock that Send takes.
func Repeat(f *bus.Feed) {
	f.Add("repeat", func(n int) { // want `\[relock\]`
		if n == 0 {
			f.Send()
		}
	}, nil)
}

// Fine: Send calls the reader under the other lock.
func Measure(f *bus.Feed) {
	f.Add("measure", func(n int) { fmt.Println(f.Len()) }, nil)
}

// Fine: Close starts a goroutine for it, and calls the other without the lock.
func Leave(f *bus.Feed) {
	f.Add("leave", func(int) {}, func() { fmt.Println(f.Len()) })
	f.OnClose(func() { fmt.Println(f.Len()) })
}

// Fine: the reader sends to another feed.
func Forward(f, to *bus.Feed) {
	f.Add("forward", func(n int) { to.Send() }, nil)
}
