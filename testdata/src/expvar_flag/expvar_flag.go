// Package expvar_flag holds cases of variables of expvar and flag, whose methods are called at once or later.
package expvar_flag

import (
	"expvar"
	"flag"
	"fmt"
	"sync"
)

// A Gauge is published, and is the value of a flag.
type Gauge struct {
	mu  sync.RWMutex
	n   int
	out []string
}

func (g *Gauge) read() any {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.n
}

// String describes g.
func (g *Gauge) String() string {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return fmt.Sprint(g.n)
}

// Set parses s.
func (g *Gauge) Set(s string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	_, err := fmt.Sscan(s, &g.n)
	return err
}

// Fine: Publish calls no method.
func (g *Gauge) Publish(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	expvar.Publish(name, g)
	expvar.Publish(name+".func", expvar.Func(g.read))
}

// Deadlocks: String of an expvar.Func calls the function.
func (g *Gauge) Text() string {
	f := expvar.Func(g.read)
	g.mu.Lock()
	defer g.mu.Unlock()
	return f.String() // want `\[downgrade\]`
}

// Deadlocks: expvar.Do calls the literal here.
func (g *Gauge) Collect() {
	g.mu.Lock()
	defer g.mu.Unlock()
	expvar.Do(func(kv expvar.KeyValue) { g.out = append(g.out, kv.Key, g.String()) }) // want `\[downgrade\]`
}

// Fine: the literal takes no lock of g.
func (g *Gauge) Keys() {
	g.mu.Lock()
	defer g.mu.Unlock()
	expvar.Do(func(kv expvar.KeyValue) { g.out = append(g.out, kv.Key) })
}

// Deadlocks: FlagSet.Var asks the value for its default.
func (g *Gauge) Flags(fs *flag.FlagSet) {
	g.mu.Lock()
	defer g.mu.Unlock()
	fs.Var(g, "gauge", "initial value") // want `\[downgrade\]`
}

// Deadlocks: Parse calls Set of the value.
func (g *Gauge) Parse(args []string) error {
	fs := flag.NewFlagSet("gauge", flag.ContinueOnError)
	fs.Var(g, "gauge", "initial value")
	g.mu.RLock()
	defer g.mu.RUnlock()
	return fs.Parse(args) // want `\[upgrade\]`
}

// Fine: Func keeps its function for Parse.
func (g *Gauge) Defer(fs *flag.FlagSet) {
	g.mu.Lock()
	defer g.mu.Unlock()
	fs.Func("set", "set the gauge", g.Set)
}

// Fine: registered and parsed without the lock.
func (g *Gauge) Main(args []string) error {
	fs := flag.NewFlagSet("gauge", flag.ContinueOnError)
	fs.Var(g, "gauge", "initial value")
	return fs.Parse(args)
}

// Deadlocks when a writer waits in between: VisitAll calls the literal here.
func (g *Gauge) Usage(fs *flag.FlagSet) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	fs.VisitAll(func(f *flag.Flag) { fmt.Println(f.Name, g.read()) }) // want `\[recursive-rlock\]`
}

// Fine: the flags of the set are those of another gauge.
func (g *Gauge) ParseFor(o *Gauge, args []string) error {
	fs := flag.NewFlagSet("gauge", flag.ContinueOnError)
	fs.Var(o, "gauge", "initial value")
	g.mu.RLock()
	defer g.mu.RUnlock()
	return fs.Parse(args)
}

// Fine: g is a flag of another set.
func (g *Gauge) ParseOther(args []string) error {
	fs := flag.NewFlagSet("gauge", flag.ContinueOnError)
	rest := flag.NewFlagSet("rest", flag.ContinueOnError)
	fs.Var(g, "gauge", "initial value")
	g.mu.RLock()
	defer g.mu.RUnlock()
	return rest.Parse(args)
}

// Deadlocks: what is registered next does not replace the gauge.
func (g *Gauge) ParseMore(args []string) error {
	var name string
	fs := flag.NewFlagSet("gauge", flag.ContinueOnError)
	fs.Var(g, "gauge", "initial value")
	g.mu.RLock()
	defer g.mu.RUnlock()
	fs.StringVar(&name, "name", "", "name of the gauge")
	fs.Var(&limit{}, "limit", "highest value")
	return fs.Parse(args) // want `\[upgrade\]`
}

// A limit takes no lock.
type limit struct{ text string }

func (l *limit) String() string     { return l.text }
func (l *limit) Set(s string) error { l.text = s; return nil }

// Fine: the others that are registered take no lock.
func (g *Gauge) ParseLimits(args []string) error {
	var name string
	fs := flag.NewFlagSet("limits", flag.ContinueOnError)
	fs.Var(&limit{}, "low", "lowest value")
	g.mu.RLock()
	defer g.mu.RUnlock()
	fs.StringVar(&name, "name", "", "name of the gauge")
	fs.Var(&limit{}, "high", "highest value")
	return fs.Parse(args)
}

// Deadlocks when a writer waits in between: the map calls String of what is in it.
func (g *Gauge) Map() string {
	m := new(expvar.Map)
	m.Set("gauge", g)
	g.mu.RLock()
	defer g.mu.RUnlock()
	return m.String() // want `\[recursive-rlock\]`
}

// Fine: another gauge is in the map.
func (g *Gauge) MapOf(o *Gauge) string {
	m := new(expvar.Map)
	m.Set("gauge", o)
	g.mu.RLock()
	defer g.mu.RUnlock()
	return m.String()
}
