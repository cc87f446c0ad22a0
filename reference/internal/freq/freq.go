// Package freq measures how often something happens per second.
package freq

import (
	"sync"
	"time"
)

// window is the period over which events are counted.
const window = time.Second

// Counter is an event rate over a sliding window: the events of the current
// window plus the share of the previous window that still overlaps the last
// second. It needs two numbers however many events there are. The zero Counter
// has seen nothing. Its lock is a leaf.
type Counter struct {
	mu         sync.Mutex
	start      time.Time // of the current window
	curr, prev int64     // events in the current and in the previous window
}

// Inc counts one event that happens now.
func (c *Counter) Inc() {
	c.mu.Lock()
	defer c.mu.Unlock()

	c.rotate(time.Now())
	c.curr++
}

// Remain tells how many more events fit into limit per second right now.
func (c *Counter) Remain(limit int64) int64 {
	return c.remainAt(limit, time.Now())
}

// Delay tells how long to wait before it is worth asking Remain again: nothing
// when an event fits, otherwise the time in which one event drains at the limit.
func (c *Counter) Delay(limit int64) time.Duration {
	if limit <= 0 || c.Remain(limit) > 0 {
		return 0
	}
	return max(window/time.Duration(limit), time.Millisecond)
}

// remainAt is Remain at a given moment.
func (c *Counter) remainAt(limit int64, now time.Time) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()

	c.rotate(now)
	overlap := window - now.Sub(c.start)
	past := (c.prev*int64(overlap) + int64(window)/2) / int64(window)
	return max(limit-c.curr-past, 0)
}

// rotate makes the window that contains now the current one.
func (c *Counter) rotate(now time.Time) {
	switch elapsed := now.Sub(c.start); {
	case elapsed < window:
		return
	case elapsed < 2*window:
		c.prev = c.curr
		c.start = c.start.Add(window)
	default:
		c.prev = 0
		c.start = now
	}
	c.curr = 0
}
