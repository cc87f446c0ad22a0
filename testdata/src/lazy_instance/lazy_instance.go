// Package lazy_instance holds cases of objects that are made when they are first asked for.
package lazy_instance

import "sync"

// A Registry is made once.
type Registry struct {
	mu    sync.RWMutex
	names []string
}

func (r *Registry) add(s string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = append(r.names, s)
}

func (r *Registry) len() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.names)
}

var (
	made     *Registry
	makeOnce sync.Once

	lazy   *Registry
	lazyMu sync.Mutex

	replaced *Registry

	// Shared can be set by anybody.
	Shared *Registry
)

// instance makes the registry by a Once.
func instance() *Registry {
	makeOnce.Do(func() { made = &Registry{} })
	return made
}

// checked makes the registry unless it is there.
func checked() *Registry {
	lazyMu.Lock()
	defer lazyMu.Unlock()
	if lazy == nil {
		lazy = &Registry{}
	}
	return lazy
}

// current may be another one the next time.
func current() *Registry {
	if replaced == nil {
		replaced = &Registry{}
	}
	return replaced
}

// Reset makes a new one.
func Reset() { replaced = &Registry{} }

func shared() *Registry {
	if Shared == nil {
		Shared = &Registry{}
	}
	return Shared
}

func fresh() *Registry { return &Registry{} }

// Deadlocks: instance returns the same registry each time.
func Add(s string) {
	r := instance()
	r.mu.Lock()
	defer r.mu.Unlock()
	instance().add(s) // want `\[relock\]`
}

// Deadlocks: checked returns the same registry each time.
func Count() int {
	r := checked()
	r.mu.Lock()
	defer r.mu.Unlock()
	return checked().len() // want `\[downgrade\]`
}

// Fine: two getters of two registries.
func Copy() {
	r := instance()
	r.mu.Lock()
	defer r.mu.Unlock()
	checked().add(r.names[0])
}

// Fine: Reset may have been called in between.
func Swap(s string) {
	r := current()
	r.mu.Lock()
	defer r.mu.Unlock()
	current().add(s)
}

// Fine: other packages may have set the variable in between.
func Share(s string) {
	r := shared()
	r.mu.Lock()
	defer r.mu.Unlock()
	shared().add(s)
}

// Fine: a registry of its own each time.
func Each(s string) {
	r := fresh()
	r.mu.Lock()
	defer r.mu.Unlock()
	fresh().add(s)
}

// A Node has a peer, made when it is first asked for, and a cache that can be dropped.
type Node struct {
	mu    sync.Mutex
	peer  *Registry
	cache *Registry
}

func (n *Node) dial() *Registry {
	if n.peer != nil {
		return n.peer
	}
	n.peer = &Registry{}
	return n.peer
}

func (n *Node) load() *Registry {
	if n.cache == nil {
		n.cache = &Registry{}
	}
	return n.cache
}

// Drop drops the cache.
func (n *Node) Drop() { n.cache = nil }

// Deadlocks: the peer is made once.
func (n *Node) Send(s string) {
	p := n.dial()
	p.mu.Lock()
	defer p.mu.Unlock()
	n.dial().add(s) // want `\[relock\]`
}

// Fine: the peer of another node.
func (n *Node) Forward(o *Node, s string) {
	p := n.dial()
	p.mu.Lock()
	defer p.mu.Unlock()
	o.dial().add(s)
}

// Fine: the cache may have been dropped in between.
func (n *Node) Refresh(s string) {
	c := n.load()
	c.mu.Lock()
	defer c.mu.Unlock()
	n.load().add(s)
}
