package type_assert

import "sync"

type command interface{ command() }

type set struct{}

type commit struct{}

func (set) command()    {}
func (commit) command() {}

type database struct {
	mu sync.Mutex
	n  int
}

// Fine: a commit is no set.
func (d *database) route(c command) {
	if _, ok := c.(commit); ok {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.run(c)
		return
	}
	d.run(c)
}

func (d *database) run(c command) {
	if _, ok := c.(set); ok {
		d.mu.Lock()
		d.n++
		d.mu.Unlock()
	}
}

// Deadlocks: it is the same type that both ask for.
func (d *database) apply(c command) {
	if _, ok := c.(set); ok {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.run(c) // want `\[relock\]`
	}
}

// Deadlocks: a commit may be a command of some other kind, too.
func (d *database) sync(c command) {
	if _, ok := c.(commit); ok {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.flush(c) // want `\[relock\]`
	}
}

func (d *database) flush(c command) {
	if _, ok := c.(interface{ command() }); ok {
		d.mu.Lock()
		d.n = 0
		d.mu.Unlock()
	}
}
