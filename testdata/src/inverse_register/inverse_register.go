// Package inverse_register holds cases of Add and Register functions whose callers must prove the rule.
package inverse_register

import "sync"

// A Registry has plugins.
type Registry struct {
	mu      sync.RWMutex
	plugins []*plugin
	byName  map[string]*plugin
	version int
}

type plugin struct {
	reg  *Registry
	name string
}

// add leaves it to its callers that p belongs to r.
func (r *Registry) add(p *plugin) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.plugins = append(r.plugins, p)
	r.byName[p.name] = p
}

// attach stores both ends.
func attach(r *Registry, p *plugin) {
	p.reg = r
	r.add(p)
}

// Register registers a plugin: it belongs to r when add gets it.
func (r *Registry) Register(name string) {
	p := &plugin{reg: r, name: name}
	r.add(p)
}

// Clone registers a copy of p where p is registered.
func (p *plugin) clone() {
	attach(p.reg, &plugin{name: p.name + "'"})
}

func (p *plugin) init() {
	p.reg.mu.Lock()
	defer p.reg.mu.Unlock()
	p.reg.version++
}

// Deadlocks: all callers of add give it a plugin of r.
func (r *Registry) InitAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.plugins {
		p.init() // want `\[relock\]`
	}
}

// Deadlocks: by name, under the read lock.
func (r *Registry) Init(name string) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if p := r.byName[name]; p != nil {
		p.init() // want `\[upgrade\]`
	}
}

// Fine: looked up under the lock, initialised without it.
func (r *Registry) InitOne(name string) {
	r.mu.RLock()
	p := r.byName[name]
	r.mu.RUnlock()
	if p != nil {
		p.init()
	}
}

// A Forum has threads; one caller of add breaks the rule.
type Forum struct {
	mu      sync.Mutex
	threads []*thread
	posts   int
}

type thread struct{ forum *Forum }

func (f *Forum) add(t *thread) { f.threads = append(f.threads, t) }

func (f *Forum) start() { f.add(&thread{forum: f}) }

// crosspost gives a thread of f to g.
func (f *Forum) crosspost(g *Forum) { g.add(&thread{forum: f}) }

func (t *thread) post() {
	t.forum.mu.Lock()
	t.forum.posts++
	t.forum.mu.Unlock()
}

// Fine, as far as one can know: the thread may belong to another forum.
func (f *Forum) PostAll() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, t := range f.threads {
		t.post()
	}
}

// A Choir has voices; whoever imports the package may call Join.
type Choir struct {
	mu     sync.Mutex
	voices []*Voice
	songs  int
}

// A Voice belongs to the choir that made it.
type Voice struct{ choir *Choir }

// NewVoice makes a voice of c, which has not joined.
func (c *Choir) NewVoice() *Voice { return &Voice{choir: c} }

// Join is exported: an importer may give it the voice of another choir.
func (c *Choir) Join(v *Voice) { c.voices = append(c.voices, v) }

func (v *Voice) sing() {
	v.choir.mu.Lock()
	v.choir.songs++
	v.choir.mu.Unlock()
}

// Fine, as far as one can know in this package.
func (c *Choir) Sing() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, v := range c.voices {
		v.sing()
	}
}
