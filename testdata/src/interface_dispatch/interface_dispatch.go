// Package interface_dispatch holds cases of calls of interface methods.
package interface_dispatch

import (
	"fmt"
	"sync"
)

// A Vault has a backend, a codec and a policy, each behind an interface.
type Vault struct {
	mu      sync.RWMutex
	backend backend
	codec   codec
	policy  policy
	items   map[string]string
}

type backend interface {
	load(v *Vault, k string) string
}

// disk locks the vault that it is given.
type disk struct{ dir string }

func (d *disk) load(v *Vault, k string) string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return d.dir + v.items[k]
}

type codec interface {
	encode(v *Vault, s string) string
}

// plain takes no lock, and it is the only codec that is stored.
type plain struct{}

func (plain) encode(_ *Vault, s string) string { return s }

// sealed locks, and it is never stored in a vault.
type sealed struct{}

func (sealed) encode(v *Vault, s string) string { return s + v.Name() }

type policy interface{ allow(v *Vault) bool }

type open struct{}

func (open) allow(*Vault) bool { return true }

type counted struct{ max int }

func (c counted) allow(v *Vault) bool { return v.Len() < c.max }

// New makes a vault with one of two policies.
func New(max int) *Vault {
	v := &Vault{backend: &disk{dir: "/"}, codec: plain{}, items: map[string]string{}}
	if max > 0 {
		v.policy = counted{max}
	} else {
		v.policy = open{}
	}
	return v
}

// Len returns the number of items.
func (v *Vault) Len() int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return len(v.items)
}

// Name names the vault.
func (v *Vault) Name() string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return fmt.Sprint(len(v.items))
}

// Deadlocks when a writer waits in between: the only backend read-locks the vault that it is given.
func (v *Vault) Get(k string) string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if s, ok := v.items[k]; ok {
		return s
	}
	return v.backend.load(v, k) // want `\[recursive-rlock\]`
}

// Fine: the only codec that is stored takes no lock.
func (v *Vault) Put(k, s string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.items[k] = v.codec.encode(v, s)
}

// Deadlocks with one of the two policies that are stored.
func (v *Vault) Add(k, s string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.policy.allow(v) { // want `\[downgrade\]`
		v.items[k] = s
	}
}

// Fine: unlocked before the policy is asked.
func (v *Vault) Try(k, s string) {
	if !v.policy.allow(v) {
		return
	}
	v.mu.Lock()
	v.items[k] = v.codec.encode(v, s)
	v.mu.Unlock()
}

// Fine: the backend is given another vault.
func (v *Vault) Fetch(from *Vault, k string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.items[k] = v.backend.load(from, k)
}

// Deadlocks: the codec was made here.
func (v *Vault) Seal(k string) {
	var c codec = sealed{}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.items[k] = c.encode(v, k) // want `\[downgrade\]`
}

type visitor interface{ visit(v *Vault) }

// Visit calls x under the lock.
func (v *Vault) Visit(x visitor) {
	v.mu.Lock()
	defer v.mu.Unlock()
	x.visit(v)
}

type printer struct{ lines []string }

func (p *printer) visit(v *Vault) { p.lines = append(p.lines, v.Name()) }

type wiper struct{}

func (wiper) visit(v *Vault) { clear(v.items) }

// Deadlocks: the visitor that is passed here asks for the name.
func (v *Vault) Print() []string {
	p := &printer{}
	v.Visit(p) // want `\[downgrade\]`
	return p.lines
}

// Fine: the visitor that is passed here does not.
func (v *Vault) Wipe() { v.Visit(wiper{}) }

// both has two interfaces in one.
type both interface {
	visitor
	policy
}

type guard struct{ open }

func (guard) visit(v *Vault) { v.items = nil }

// Fine: neither method of guard locks.
func (v *Vault) Guard() bool {
	var b both = guard{}
	v.mu.Lock()
	defer v.mu.Unlock()
	b.visit(v)
	return b.allow(v)
}

// asker asks the vault that it was made for.
type asker struct{ v *Vault }

func (a *asker) visit(*Vault) { a.v.Name() }

// Deadlocks: the second visitor of the list asks the vault.
func (v *Vault) Tour() {
	list := []visitor{wiper{}, &asker{v}}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, w := range list {
		w.visit(v) // want `\[downgrade\]`
	}
}

// Fine: the visitors ask another vault.
func (v *Vault) Abroad(o *Vault) {
	list := []visitor{&asker{o}, &asker{o}}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, w := range list {
		w.visit(v)
	}
}
