// Package stored_literal stores objects that come back to where they are stored, where
// another package calls them by a function literal.
package stored_literal

import "stored_literal/provider"

type namer struct{ p *provider.Provider }

// Shutdown asks the provider for its name.
func (n *namer) Shutdown() { n.p.Name() }

// Deadlocks: the provider calls it under its lock.
func Use() {
	p := &provider.Provider{}
	p.Register(&namer{p}) // want `\[relock\]`
}

// Fine: it asks another provider.
func UseTwo() {
	p, q := &provider.Provider{}, &provider.Provider{}
	p.Register(&namer{q})
}

type careful struct{ c *provider.Careful }

// Shutdown asks the provider for its name.
func (c *careful) Shutdown() { c.c.Name() }

// Fine: the provider has unlocked before.
func UseCareful() {
	c := &provider.Careful{}
	c.Register(&careful{c})
	c.Shutdown()
}
