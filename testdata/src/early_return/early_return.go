// Package early_return holds cases of ladders of explicit unlocks and returns.
package early_return

import (
	"errors"
	"fmt"
	"log"
	"sync"
)

var errClosed = errors.New("closed")

// A Consumer reads a topic.
type Consumer struct {
	mu      sync.RWMutex
	name    string
	closed  bool
	paused  bool
	pending map[int]string
	acks    int
	limit   int
}

func (c *Consumer) state() string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.closed {
		return "closed"
	}
	return "open"
}

func (c *Consumer) warn(msg string) {
	log.Printf("%s (%s): %s", c.name, c.state(), msg)
}

func (c *Consumer) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
}

// Fine: each way out unlocks first.
func (c *Consumer) Ack(id int) error {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		c.warn("ack after close")
		return errClosed
	}
	if c.paused {
		c.paused = false
		c.mu.Unlock()
		return fmt.Errorf("paused, %s", c.state())
	}
	if _, ok := c.pending[id]; !ok {
		n := len(c.pending)
		c.mu.Unlock()
		c.warn(fmt.Sprint("unknown id among ", n))
		return nil
	}
	delete(c.pending, id)
	c.acks++
	c.mu.Unlock()
	if c.acks > c.limit {
		c.stop()
	}
	return nil
}

// Deadlocks: one way out warns before it unlocks.
func (c *Consumer) Nak(id int) error {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		c.warn("nak after close")
		return errClosed
	}
	if c.paused {
		c.warn("nak while paused") // want `\[downgrade\]`
		c.mu.Unlock()
		return nil
	}
	c.pending[id] = "again"
	c.mu.Unlock()
	return nil
}

// Deadlocks: one way out stops before it unlocks.
func (c *Consumer) Expire(id int) error {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return errClosed
	}
	delete(c.pending, id)
	if len(c.pending) == 0 {
		c.stop() // want `\[relock\]`
		c.mu.Unlock()
		return nil
	}
	c.mu.Unlock()
	return nil
}

// Fine: the unlock comes between the two, on the one path that has both.
func (c *Consumer) Deliver(id int, m string) (err error) {
	if m == "" {
		return errors.New("empty")
	}
	c.mu.Lock()
	switch {
	case c.closed:
		err = errClosed
	case len(c.pending) >= c.limit:
		err = errors.New("full")
	default:
		c.pending[id] = m
	}
	c.mu.Unlock()
	if err != nil {
		c.warn(err.Error())
	}
	return err
}

// Deadlocks: stop is called one line too early.
func (c *Consumer) Offer(id int, m string) (err error) {
	c.mu.Lock()
	if len(c.pending) >= c.limit {
		err = errors.New("full")
		c.stop() // want `\[relock\]`
	}
	c.mu.Unlock()
	return err
}

// Fine: a panic on the path that does not unlock.
func (c *Consumer) Must(id int) string {
	c.mu.RLock()
	m, ok := c.pending[id]
	if !ok {
		panic("no message")
	}
	c.mu.RUnlock()
	return m + c.state()
}

// Fine: log.Fatal does not return.
func (c *Consumer) Check() string {
	c.mu.RLock()
	if c.pending == nil {
		log.Fatal("not started")
	} else {
		c.mu.RUnlock()
	}
	return c.state()
}

// Deadlocks when a writer waits in between: log.Print returns, and the lock is still held.
func (c *Consumer) Look() string {
	c.mu.RLock()
	if c.pending == nil {
		log.Print("not started")
	} else {
		c.mu.RUnlock()
	}
	return c.state() // want `\[recursive-rlock\]`
}
