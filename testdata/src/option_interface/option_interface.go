// Package option_interface holds cases of objects that get their owner by a method of an interface value.
package option_interface

import "sync"

type options struct{ owner, peer *Shop }

// An Option sets options.
type Option interface{ apply(*options) }

type funcOption struct{ f func(*options) }

func (fo *funcOption) apply(o *options) { fo.f(o) }

type optionFunc func(*options)

func (f optionFunc) apply(o *options) { f(o) }

type peer struct{ s *Shop }

func (p peer) apply(o *options) { o.peer = p.s }

func owned(s *Shop) Option { return &funcOption{func(o *options) { o.owner = s }} }

func joined(s *Shop) Option { return optionFunc(func(o *options) { o.owner = s }) }

// A Till is made with options.
type Till struct{ opts options }

func newTill(opts ...Option) *Till {
	t := &Till{}
	for _, o := range opts {
		o.apply(&t.opts)
	}
	return t
}

func (t *Till) close() {
	t.opts.owner.mu.Lock()
	t.opts.owner.tills--
	t.opts.owner.mu.Unlock()
}

func (t *Till) ask() int {
	t.opts.peer.mu.Lock()
	defer t.opts.peer.mu.Unlock()
	return t.opts.peer.tills
}

// A Shop has a till that knows the shop by an option.
type Shop struct {
	mu          sync.Mutex
	till, other *Till
	tills       int
}

// NewShop makes a shop.
func NewShop(next *Shop) *Shop {
	s := &Shop{}
	s.till = newTill(owned(s), peer{s})
	s.other = newTill(joined(s), peer{next})
	return s
}

// Deadlocks: the option has stored the shop in the options of its till.
func (s *Shop) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.till.close() // want `\[relock\]`
}

// Deadlocks: the option is a function.
func (s *Shop) CloseOther() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.other.close() // want `\[relock\]`
}

// Deadlocks: the option is a struct.
func (s *Shop) Ask() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.till.ask() // want `\[relock\]`
}

// Fine: the peer of the other till is the next shop.
func (s *Shop) AskOther() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.other.ask()
}

// A Host starts plugins, which remember it.
type Host struct {
	mu      sync.Mutex
	plugins map[string]Plugin
	guests  map[string]Guest
	shared  []Guest
	running int
}

// A Plugin is started and stopped by a host.
type Plugin interface {
	start(*Host)
	stop()
}

type auth struct{ host *Host }

func (a *auth) start(h *Host) { a.host = h }
func (a *auth) stop()         { a.host.revoke() }

func (h *Host) revoke() {
	h.mu.Lock()
	h.running--
	h.mu.Unlock()
}

// Load starts a plugin and keeps it.
func (h *Host) Load(name string, p Plugin) {
	p.start(h)
	h.mu.Lock()
	h.plugins[name] = p
	h.mu.Unlock()
}

// Deadlocks: Load has started the plugin with this host.
func (h *Host) Unload(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.plugins[name].stop() // want `\[relock\]`
}

// A Guest is started again by another host.
type Guest interface {
	enter(*Host)
	leave()
}

type visitor struct{ host *Host }

func (v *visitor) enter(h *Host) { v.host = h }
func (v *visitor) leave()        { v.host.revoke() }

// Admit lets a guest in and keeps it.
func (h *Host) Admit(name string, g Guest) {
	g.enter(h)
	h.guests[name] = g
}

// Move lets shared guests in, which may be those of another host.
func (h *Host) Move() {
	for _, g := range h.shared {
		g.enter(h)
	}
}

// Fine, as far as one can know: the guest may have moved to another host.
func (h *Host) Dismiss(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.guests[name].leave()
}

// Run wires two hosts.
func Run() {
	h := &Host{plugins: map[string]Plugin{}, guests: map[string]Guest{}}
	o := &Host{plugins: map[string]Plugin{}, guests: map[string]Guest{}}
	h.Load("auth", &auth{})
	o.Load("auth", &auth{})
	v := &visitor{}
	h.Admit("visitor", v)
	o.shared = append(o.shared, v)
	o.Move()
	h.Unload("auth")
	h.Dismiss("visitor")
}
