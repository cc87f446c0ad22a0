// Package field_passed holds cases of functions and objects that are taken from a
// field and passed to a function which calls them.
package field_passed

import (
	"slices"
	"sync"
)

type client struct {
	mu      sync.Mutex
	n       int
	unlock  func()
	drop    func(*client)
	process func() error
	compare func(a, b int) int
	ender   finisher
	counter finisher
	all     []func()
}

type finisher interface{ finish() }

type ending struct{ c *client }

func (e *ending) finish() { e.c.mu.Unlock() }

type counting struct{ c *client }

func (e *counting) finish() { e.c.size() }

func newClient() *client {
	c := &client{drop: (*client).release}
	c.unlock = c.mu.Unlock
	c.process = func() error {
		c.size()
		return nil
	}
	c.compare = func(a, b int) int { return (a - b) * c.size() }
	c.ender = &ending{c}
	c.counter = &counting{c}
	c.all = []func(){c.reset}
	return c
}

func (c *client) release() { c.mu.Unlock() }

func (c *client) size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

func (c *client) reset() { c.size() }

func run(f func())                  { f() }
func try(f func() error) error      { return f() }
func on(c *client, f func(*client)) { f(c) }
func finish(f finisher)             { f.finish() }
func runAll(list []func()) {
	for _, f := range list {
		f()
	}
}

func (c *client) Unlocked() int {
	c.mu.Lock()
	run(c.unlock)
	return c.size() // Fine
}

func (c *client) UnlockedLate() int {
	c.mu.Lock()
	defer run(c.unlock)
	return c.size() // want `\[relock\]`
}

func (c *client) UnlockedByMethod() int {
	c.mu.Lock()
	on(c, c.drop)
	return c.size() // Fine
}

func (c *client) UnlockedByObject() int {
	c.mu.Lock()
	finish(c.ender)
	return c.size() // Fine
}

func (c *client) UnlockedByLiteral() int {
	c.mu.Lock()
	func(f func()) { f() }(c.unlock)
	return c.size() // Fine
}

func (c *client) Process() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return try(c.process) // want `\[relock\]`
}

func (c *client) ProcessUnlocked() error {
	c.mu.Lock()
	c.mu.Unlock()
	return try(c.process) // Fine
}

func (c *client) Count() {
	c.mu.Lock()
	defer c.mu.Unlock()
	finish(c.counter) // want `\[relock\]`
}

func (c *client) CountOther(d *client) {
	c.mu.Lock()
	defer c.mu.Unlock()
	finish(d.counter) // Fine: it counts those of d.
}

func (c *client) Sort(list []int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	slices.SortFunc(list, c.compare) // want `\[relock\]`
}

func (c *client) RunAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	runAll(c.all) // want `\[relock\]`
}
