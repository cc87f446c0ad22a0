package lookup_by_key

import (
	"iter"
	"sync"
)

// A Registry has entries by their names, and one that holds it.
type Registry struct {
	mu      sync.Mutex
	entries map[string]*Entry
	counts  map[string]int
	list    []*Entry
	holder  *Entry
	self    string
}

// An Entry knows its registry.
type Entry struct {
	in   *Registry
	name string
}

// Register makes an entry.
func (r *Registry) Register(name string) {
	e := &Entry{in: r, name: name}
	r.entries[name] = e
	r.list = append(r.list, e)
}

// Drop locks only if there is something to drop.
func (r *Registry) Drop(name string) {
	if _, ok := r.counts[name]; !ok {
		return
	}
	r.mu.Lock()
	delete(r.counts, name)
	r.mu.Unlock()
}

// Fine: there is nothing to drop.
func (r *Registry) DropTwice(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.counts, name)
	r.Drop(name)
}

// Deadlocks: nothing has been dropped before.
func (r *Registry) DropHeld(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Drop(name) // want `\[relock\]`
}

// Deadlocks: the name has just been counted.
func (r *Registry) CountAndDrop(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.counts[name] = 1
	r.Drop(name) // want `\[relock\]`
}

// Close locks only if the entry is registered.
func (e *Entry) Close() {
	if _, ok := e.in.entries[e.name]; !ok {
		return
	}
	e.in.mu.Lock()
	delete(e.in.entries, e.name)
	e.in.mu.Unlock()
}

// Fine: each entry has been taken out.
func (r *Registry) CloseAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, e := range r.entries {
		delete(r.entries, name)
		e.Close()
	}
}

// Deadlocks: the entries are still there.
func (r *Registry) CloseHeld() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.entries {
		e.Close() // want `\[relock\]`
	}
}

func (e *Entry) unlessHeld() {
	if e.in.holder == e {
		return
	}
	e.in.mu.Lock()
	e.in.mu.Unlock()
}

// Fine: each entry is told that it holds the registry.
func (r *Registry) HoldAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.list {
		r.holder = e
		e.unlessHeld()
	}
	r.holder = nil
}

// Deadlocks: no entry is.
func (r *Registry) HoldNone() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.holder = nil
	for _, e := range r.list {
		e.unlessHeld() // want `\[relock\]`
	}
}

// send locks the registry if the entry is its own.
func (e *Entry) send() {
	if e.name == e.in.self {
		e.in.mu.Lock()
		e.in.mu.Unlock()
	}
}

// Fine: an entry with another name is not the registry's own.
func (r *Registry) SendTo(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if name == r.self {
		return
	}
	if e, ok := r.entries[name]; ok {
		e.send()
	}
}

// Deadlocks: the name may be the registry's own.
func (r *Registry) SendToAny(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e, ok := r.entries[name]; ok {
		e.send() // want `\[relock\]`
	}
}

func (r *Registry) others() iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for name, e := range r.entries {
			if name != r.self && !yield(e) {
				return
			}
		}
	}
}

// Fine: others leaves the registry's own entry out.
func (r *Registry) SendToOthers() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for e := range r.others() {
		e.send()
	}
}

// Deadlocks: all entries but one lock the registry.
func (r *Registry) CloseOthers() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for e := range r.others() {
		e.in.mu.Lock() // want `\[relock\]`
		e.in.mu.Unlock()
	}
}
