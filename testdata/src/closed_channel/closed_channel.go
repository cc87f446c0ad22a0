// Package closed_channel holds cases of channels that are closed to say that something is
// over.
package closed_channel

import "sync"

type conn struct {
	mu   sync.Mutex
	done chan struct{}
	idle chan struct{}
	slot chan struct{}
	n    int
	once sync.Once
}

func newConn() *conn {
	return &conn{done: make(chan struct{}), idle: make(chan struct{}), slot: make(chan struct{}, 1)}
}

func (c *conn) closed() bool {
	select {
	case <-c.done:
		return true
	default:
		return false
	}
}

// isDone serves any such channel.
func isDone(ch <-chan struct{}) bool {
	select {
	case <-ch:
		return true
	default:
	}
	return false
}

func (c *conn) flush() {
	if c.closed() {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n = 0
}

func (c *conn) flushIdle() {
	if !isDone(c.idle) {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	c.n = 0
}

// Fine: nothing is flushed once done is closed.
func (c *conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.done)
	c.flush()
}

// Deadlocks: it is not closed yet.
func (c *conn) CloseLate() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flush() // want `\[relock\]`
	close(c.done)
}

// Deadlocks: another channel is closed.
func (c *conn) CloseIdle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.idle)
	c.flushIdle()
	c.flush() // want `\[relock\]`
}

// Deadlocks: the channel is a new one.
func (c *conn) Reopen() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.idle)
	c.idle = make(chan struct{})
	c.flushIdle() // want `\[relock\]`
}

func (c *conn) stop() { c.once.Do(func() { close(c.done) }) }

// Fine: that closes it, now or before.
func (c *conn) Stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stop()
	c.flush()
}

// Deadlocks: it is closed while the function waits.
func (c *conn) Wait() {
	if !c.closed() {
		c.mu.Lock()
	}
	<-c.done
	if c.closed() {
		c.mu.Lock() // want `\[relock\]`
	}
	c.mu.Unlock()
}

// Fine: it is closed twice only once.
func (c *conn) CloseTwice() {
	if c.closed() {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed() {
		close(c.done)
	}
	c.flush()
}

// Fine: the two ask the same.
func (c *conn) FlushClosed() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if isDone(c.done) {
		c.flush()
	}
}

// Deadlocks: the two ask the same.
func (c *conn) FlushOpen() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !isDone(c.done) {
		c.flush() // want `\[relock\]`
	}
}

// Deadlocks: a slot is taken, and not there any more when it is asked for again.
func (c *conn) TakeSlot() {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.slot:
		c.try() // want `\[relock\]`
	default:
	}
}

func (c *conn) try() {
	select {
	case <-c.slot:
	default:
		c.mu.Lock()
		c.mu.Unlock()
	}
}

func (c *conn) giveSlot() { c.slot <- struct{}{} }

// Fine: what has been waited for is over.
func (c *conn) FlushAfter() {
	<-c.done
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed() {
		c.n++
		c.mu.Lock()
	}
}

// Deadlocks: the other one may go on.
func (c *conn) FlushAfterIdle() {
	<-c.idle
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed() {
		c.n++
		c.mu.Lock() // want `\[relock\]`
	}
}

// Fine: it stays closed while the function waits.
func (c *conn) CloseAndWait() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.done)
	<-c.idle
	c.flush()
}
