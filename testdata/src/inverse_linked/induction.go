package inverse_linked

import "sync"

// A Desk has one clerk, and the clerk a desk and a badge of one.
type Desk struct {
	mu    sync.Mutex
	clerk *Clerk
}

// A Clerk may sit at another desk than that on the badge.
type Clerk struct {
	desk  *Desk
	badge *Badge
}

// A Badge belongs to a desk.
type Badge struct{ desk *Desk }

// Hire makes a clerk who sits at the desk on the badge.
func (d *Desk) Hire() *Clerk { return &Clerk{desk: d, badge: &Badge{desk: d}} }

// Renew gives the clerk another badge.
func Renew(d *Desk) { d.clerk.badge = &Badge{desk: d} }

// Swap makes a clerk who sits at one desk with the badge of another, and seats
// the clerk at the desk that old has the badge of.
func (d *Desk) Swap(old *Clerk) {
	c := &Clerk{desk: old.desk, badge: &Badge{desk: d}}
	old.badge.desk.clerk = c
}

// Fine: that the clerk of a desk sits there would follow from what all badges
// say, and they do not.
func (c *Clerk) Ask() {
	c.badge.desk.mu.Lock()
	defer c.badge.desk.mu.Unlock()
	c.badge.desk.clerk.answer()
}

func (c *Clerk) answer() {
	c.desk.mu.Lock()
	c.desk.mu.Unlock()
}

// Deadlocks: the very desk.
func (c *Clerk) AskBack() {
	c.desk.mu.Lock()
	defer c.desk.mu.Unlock()
	c.answer() // want `\[relock\]`
}
