// Package provider calls what importers have stored, by function literals.
package provider

import "sync"

// A Processor is shut down with its provider.
type Processor interface{ Shutdown() }

// A Provider has a processor.
type Provider struct {
	mu   sync.Mutex
	sp   Processor
	once sync.Once
}

// Name locks.
func (p *Provider) Name() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return ""
}

// Register stores a processor.
func (p *Provider) Register(sp Processor) { p.sp = sp }

// Shutdown calls it under the lock, once.
func (p *Provider) Shutdown() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.once.Do(func() { p.sp.Shutdown() })
}

// A Careful provider calls its processor without the lock.
type Careful struct {
	mu sync.Mutex
	sp Processor
}

// Name locks.
func (c *Careful) Name() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return ""
}

// Register stores a processor.
func (c *Careful) Register(sp Processor) { c.sp = sp }

// Shutdown unlocks before the call.
func (c *Careful) Shutdown() {
	c.mu.Lock()
	stop := func() { c.sp.Shutdown() }
	c.mu.Unlock()
	stop()
}
