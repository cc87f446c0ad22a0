// Package inverse_embedding holds cases of owners and back pointers that are embedded.
package inverse_embedding

import "sync"

// A Core is embedded in an engine and knows it.
type Core struct {
	eng   *Engine
	ticks int
}

// Engine embeds its core and its lock.
type Engine struct {
	sync.RWMutex
	*Core
	valves []*Valve
	rpm    int
}

// part is embedded in every part and points to the engine.
type part struct{ engine *Engine }

// Valve is a part.
type Valve struct {
	part
	open bool
}

// NewEngine makes an engine.
func NewEngine(valves int) *Engine {
	e := &Engine{}
	e.Core = &Core{eng: e}
	for range valves {
		e.valves = append(e.valves, &Valve{part: part{engine: e}})
	}
	return e
}

// Tick locks the engine of the core.
func (c *Core) Tick() {
	c.eng.Lock()
	defer c.eng.Unlock()
	c.ticks++
}

func (p *part) speed() int {
	p.engine.RLock()
	defer p.engine.RUnlock()
	return p.engine.rpm
}

// Deadlocks: the promoted Tick is that of the core, whose engine is e.
func (e *Engine) Run() {
	e.Lock()
	defer e.Unlock()
	e.rpm++
	e.Tick() // want `\[relock\]`
}

// Fine: unlocked before Tick.
func (e *Engine) Idle() {
	e.Lock()
	e.rpm = 0
	e.Unlock()
	e.Tick()
}

// Deadlocks when a writer waits in between: the promoted speed of an embedded part.
func (e *Engine) Check() (n int) {
	e.RLock()
	defer e.RUnlock()
	for _, v := range e.valves {
		n += v.speed() // want `\[recursive-rlock\]`
	}
	return n
}

// Deadlocks: from the valve to its engine and back to the valve.
func (v *Valve) Close() {
	v.engine.Lock()
	defer v.engine.Unlock()
	v.open = v.speed() > 0 // want `\[downgrade\]`
}

// Fine: the valves of another engine.
func (e *Engine) Compare(o *Engine) (n int) {
	e.RLock()
	defer e.RUnlock()
	for _, v := range o.valves {
		n += v.speed()
	}
	return n
}

// Spare parts are mounted in any motor.
type Spare struct{ motor *Motor }

// A Motor embeds a spare part.
type Motor struct {
	mu sync.Mutex
	*Spare
	hours int
}

// mount breaks the rule: the part was made for another motor.
func (m *Motor) mount(s *Spare) { m.Spare = s }

// Make makes a part for m and mounts it in n.
func (m *Motor) Make(n *Motor) { n.mount(&Spare{motor: m}) }

// Wear locks the motor of the part.
func (s *Spare) Wear() {
	s.motor.mu.Lock()
	s.motor.hours++
	s.motor.mu.Unlock()
}

// Fine: the part of m belongs to another motor.
func (m *Motor) Use() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Wear()
}
