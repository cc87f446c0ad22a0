// Package correlated_branches holds cases of conditions that are tested more than once.
package correlated_branches

import (
	"fmt"
	"sync"
)

// A Channel has members.
type Channel struct {
	mu      sync.RWMutex
	members []string
	topic   string
	shared  bool
	hook    func(string)
}

func (c *Channel) size() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.members)
}

func (c *Channel) join(m string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.members = append(c.members, m)
}

// Fine: unlocked under the condition under which it was locked.
func (c *Channel) Set(topic string, sync bool) int {
	if sync {
		c.mu.Lock()
	}
	c.topic = topic
	if sync {
		c.mu.Unlock()
	}
	return c.size()
}

// Deadlocks: when sync is set, the unlock comes too late.
func (c *Channel) Reset(topic string, sync bool) int {
	if sync {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	c.topic = topic
	return c.size() // want `\[downgrade\]`
}

// Fine: read or write lock, and the matching release.
func (c *Channel) Access(write bool) int {
	if write {
		c.mu.Lock()
	} else {
		c.mu.RLock()
	}
	n := len(c.members)
	if write {
		c.members = nil
		c.mu.Unlock()
	} else {
		c.mu.RUnlock()
	}
	return n + c.size()
}

// Deadlocks in both modes.
func (c *Channel) Count(write bool) int {
	if write {
		c.mu.Lock()
		defer c.mu.Unlock()
	} else {
		c.mu.RLock()
		defer c.mu.RUnlock()
	}
	return c.size() // want `\[downgrade\]` `\[recursive-rlock\]`
}

// Fine: an error from the first step means that nothing was locked.
func (c *Channel) Invite(m string) error {
	var err error
	if m == "" {
		err = fmt.Errorf("no name")
	}
	if err == nil {
		c.mu.Lock()
		c.members = append(c.members, m)
	}
	if err != nil {
		return fmt.Errorf("%w among %d", err, c.size())
	}
	c.mu.Unlock()
	return nil
}

// Deadlocks: no error means that the lock is held.
func (c *Channel) Kick(m string) (int, error) {
	var err error
	if m == "" {
		err = fmt.Errorf("no name")
	}
	if err == nil {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	if err != nil {
		return 0, err
	}
	return c.size(), nil // want `\[downgrade\]`
}

// Fine: the same comparison of the same values.
func (c *Channel) Level(n int) int {
	if n > 10 {
		c.mu.Lock()
	}
	c.topic = "level"
	if n > 10 {
		c.mu.Unlock()
	}
	return c.size()
}

// Fine: the switch covers the same cases as the if.
func (c *Channel) Mode(m string) int {
	locked := false
	switch m {
	case "set", "clear":
		c.mu.Lock()
		locked = true
		c.topic = m
	case "get":
	}
	if locked {
		c.mu.Unlock()
	}
	return c.size()
}

// Deadlocks for "clear", which is locked and not unlocked.
func (c *Channel) Change(m string) int {
	if m == "set" || m == "clear" {
		c.mu.Lock()
		c.topic = m
	}
	if m == "set" {
		c.mu.Unlock()
	}
	return c.size() // want `\[downgrade\]`
}

// Fine: exactly one of the two branches locks, the other calls what locks.
func (c *Channel) Enter(m string, bulk bool) {
	if !bulk {
		c.join(m)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.members = append(c.members, m, m)
}

// Fine: the local copy of the field does not change.
func (c *Channel) Send(m string) int {
	shared := c.shared
	if shared {
		c.mu.RLock()
	}
	fmt.Println(m)
	if shared {
		c.mu.RUnlock()
	}
	return c.size()
}

// Fine: a nil test tells whether the lock was taken.
func (c *Channel) Notify(m string) int {
	var unlock func()
	if c.hook != nil {
		c.mu.Lock()
		unlock = c.mu.Unlock
		c.topic = m
	}
	if unlock != nil {
		unlock()
	}
	return c.size()
}
