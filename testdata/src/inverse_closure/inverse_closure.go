// Package inverse_closure holds cases of function values in fields that have captured the owner of the field.
package inverse_closure

import (
	"fmt"
	"sync"
)

// A Gauge has functions that know it.
type Gauge struct {
	mu      sync.RWMutex
	read    func() int
	reset   func(int)
	format  func(int) string
	onFull  []func()
	byName  map[string]func() int
	timer   *clock
	value   int
	ceiling int
}

type clock struct{ tick func() }

// NewGauge makes a gauge.
func NewGauge() *Gauge {
	g := &Gauge{byName: map[string]func() int{}}
	g.read = func() int {
		g.mu.RLock()
		defer g.mu.RUnlock()
		return g.value
	}
	g.reset = g.set
	g.format = func(n int) string { return fmt.Sprint(n, "/", g.ceiling) }
	g.timer = &clock{tick: func() { g.set(0) }}
	g.byName["value"] = func() int { return g.read() }
	return g
}

func (g *Gauge) set(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.value = n
}

// Alarm adds a function that sets g back.
func (g *Gauge) Alarm() {
	g.onFull = append(g.onFull, func() { g.set(0) })
}

// Deadlocks: the function in g.read has captured g.
func (g *Gauge) Add(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.value = g.read() + n // want `\[downgrade\]`
}

// Deadlocks: the method value in g.reset is bound to g.
func (g *Gauge) Clear() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.reset(0) // want `\[relock\]`
}

// Fine: the function in g.format takes no lock.
func (g *Gauge) String() string {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.format(g.value)
}

// Deadlocks: each function in g.onFull has captured g.
func (g *Gauge) Check() {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.value < g.ceiling {
		return
	}
	for _, f := range g.onFull {
		f() // want `\[upgrade\]`
	}
}

// Fine: the functions are copied and called without the lock.
func (g *Gauge) CheckLater() {
	g.mu.RLock()
	full := g.value >= g.ceiling
	fs := g.onFull
	g.mu.RUnlock()
	if full {
		for _, f := range fs {
			f()
		}
	}
}

// Deadlocks: the function is in an object of g's.
func (g *Gauge) Tick() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.timer.tick() // want `\[relock\]`
}

// Deadlocks when a writer waits in between: a function in a map, that calls a function in a field.
func (g *Gauge) Named(name string) int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if f := g.byName[name]; f != nil {
		return f() // want `\[recursive-rlock\]`
	}
	return 0
}

// Fine: the function of another gauge.
func (g *Gauge) Copy(from *Gauge) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.value = from.read()
}

// A Lamp has a switch that is made for any lamp.
type Lamp struct {
	mu     sync.Mutex
	toggle func()
	on     bool
}

func (l *Lamp) flip() {
	l.mu.Lock()
	l.on = !l.on
	l.mu.Unlock()
}

// wire breaks the rule: the switch of l flips another lamp.
func (l *Lamp) wire(other *Lamp) { l.toggle = func() { other.flip() } }

// Fine: the switch flips another lamp.
func (l *Lamp) Toggle() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.toggle()
}

// A Dial has method values of dials.
type Dial struct {
	mu    sync.Mutex
	turn  func()
	other func()
	angle int
}

// NewDial makes a dial next to another one.
func NewDial(o *Dial) *Dial {
	d := &Dial{}
	d.turn = d.step
	d.other = o.step
	return d
}

func (d *Dial) step() {
	d.mu.Lock()
	d.angle++
	d.mu.Unlock()
}

// Fine: the method value in d.other is bound to another dial.
func (d *Dial) Follow() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.other()
}

// Deadlocks: the method value in d.turn is bound to d.
func (d *Dial) Turn() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turn() // want `\[relock\]`
}

// A Signal calls what is connected to it.
type Signal[T any] struct {
	mu    sync.Mutex
	slots []slot[T]
}

type slot[T any] struct{ fn func(T) }

func (s *Signal[T]) connect(f func(T)) {
	s.mu.Lock()
	s.slots = append(s.slots, slot[T]{f})
	s.mu.Unlock()
}

func (s *Signal[T]) emit(v T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.slots {
		o.fn(v)
	}
}

// A Config has two signals; what is connected to the first disconnects from it.
type Config struct{ changed, saved Signal[int] }

// NewConfig makes a config.
func NewConfig() *Config {
	c := &Config{}
	c.changed.connect(func(int) { c.changed.connect(nil) })
	c.saved.connect(func(int) {})
	return c
}

// Deadlocks: the function connects to the signal that calls it.
func (c *Config) Set() { c.changed.emit(1) } // want `\[relock\]`

// Fine: what is connected to this signal does nothing.
func (c *Config) Save() { c.saved.emit(1) }

// A Setup has two signals by pointers, each its own.
type Setup struct{ changed, saved *Signal[int] }

// NewSetup makes a setup.
func NewSetup() *Setup {
	s := &Setup{&Signal[int]{}, &Signal[int]{}}
	s.changed.connect(func(int) { s.changed.connect(nil) })
	s.saved.connect(func(int) {})
	return s
}

// Deadlocks: the function connects to the signal that calls it.
func (s *Setup) Set() { s.changed.emit(1) } // want `\[relock\]`

// Fine: what is connected to this signal does nothing.
func (s *Setup) Save() { s.saved.emit(1) }
