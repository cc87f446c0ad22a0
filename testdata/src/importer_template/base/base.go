// Package base has types to embed that call what embeds them.
package base

import "sync"

// A Step is what an embedding type has.
type Step interface{ Step() }

// A Base runs steps under its lock.
type Base struct {
	mu   sync.Mutex
	step Step
	done Step
}

// Init sets the steps.
func (b *Base) Init(s Step) { b.step = s }

// Finish sets the step that is called without the lock.
func (b *Base) Finish(s Step) { b.done = s }

// New makes a base.
func New(s Step) *Base { return &Base{step: s} }

// Run runs the steps.
func (b *Base) Run() {
	b.mu.Lock()
	b.step.Step()
	b.mu.Unlock()
	b.done.Step()
}

// State asks.
func (b *Base) State() { b.mu.Lock(); defer b.mu.Unlock() }
