// Package cross_elements holds cases of slices and variadic arguments whose elements another package calls.
package cross_elements

import (
	"sync"

	"cross_elements/each"
)

// A Part has a name behind a lock.
type Part struct {
	mu   sync.Mutex
	name string
}

// Name returns the name.
func (p *Part) Name() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.name
}

// A Label has a name and no lock.
type Label string

// Name returns the name.
func (l Label) Name() string { return string(l) }

// Deadlocks: Names asks p, too.
func (p *Part) Title(o *Part) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return each.Names(o, p) // want `\[relock\]`
}

// Fine: the other part has a lock of its own.
func (p *Part) TitleOf(o *Part) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return each.Names(o, Label(p.name))
}

// Deadlocks: the first is p.
func (p *Part) Head(o *Part) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return each.First(p, o) // want `\[relock\]`
}

// Fine: only the first is asked.
func (p *Part) HeadOf(o *Part) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return each.First(o, p)
}

// Fine: they are only counted.
func (p *Part) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return each.Count(p, p)
}

// Fine: another goroutine waits.
func (p *Part) Later() {
	p.mu.Lock()
	defer p.mu.Unlock()
	each.Later(p)
}

// Fine: unlocked.
func (p *Part) Unlocked() []string {
	p.mu.Lock()
	p.mu.Unlock()
	return each.Names(p)
}

// Deadlocks: an element of the slice is p.
func (p *Part) All() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return each.Of([]*Part{p}) // want `\[relock\]`
}

// Fine: the elements are other parts.
func (p *Part) AllOf(list []*Part) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return each.Of(list)
}

// Deadlocks: Run calls the literal.
func (p *Part) Run() {
	p.mu.Lock()
	defer p.mu.Unlock()
	each.Run(func() { p.Name() }) // want `\[relock\]`
}

// Fine: the literal asks another part.
func (p *Part) RunOf(o *Part) {
	p.mu.Lock()
	defer p.mu.Unlock()
	each.Run(func() { o.Name() })
}
