// Package top is two packages above the lock.
package top

import (
	"fmt"

	"cross_chain/mid"
)

// A Conn sends frames.
type Conn struct {
	frame mid.Frame
	spare *mid.Frame
}

// Deadlocks: Open locks the buffer, Size asks it.
func (c *Conn) Send() string {
	c.frame.Open()
	defer c.frame.Close()
	return fmt.Sprint("sent ", c.frame.Size()) // want `\[downgrade\]`
}

// Fine: closed before it is asked.
func (c *Conn) Recv() string {
	c.frame.Open()
	c.frame.Close()
	return fmt.Sprint("received ", c.frame.Size())
}

// Deadlocks: Open returns the buffer that it locked.
func (c *Conn) Peek() int {
	b := c.frame.Open()
	defer b.Release()
	return b.Len() // want `\[downgrade\]`
}

// Fine: Shrink gives the lock up before it takes it.
func (c *Conn) Flush() {
	c.frame.Open()
	c.frame.Shrink()
	c.frame.Close()
}

// Deadlocks: Shrink ends with the lock held.
func (c *Conn) Drain() int {
	c.frame.Open()
	c.frame.Shrink()
	n := c.frame.Size() // want `\[downgrade\]`
	c.frame.Close()
	return n
}

// Fine: the spare frame has another buffer.
func (c *Conn) Swap() int {
	c.frame.Open()
	defer c.frame.Close()
	return c.spare.Size()
}

// Deadlocks: the flag makes Sizes ask.
func (c *Conn) Head() int {
	c.frame.Open()
	defer c.frame.Close()
	return c.frame.Sizes(true) // want `\[downgrade\]`
}

// Fine: the flag makes Sizes not ask.
func (c *Conn) HeadOnly() int {
	c.frame.Open()
	defer c.frame.Close()
	return c.frame.Sizes(false)
}

// Deadlocks: Open after Open.
func (c *Conn) Restart() {
	c.frame.Open()
	c.frame.Open() // want `\[relock\]`
}
