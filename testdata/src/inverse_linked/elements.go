package inverse_linked

import "sync"

// A Forest has nodes with children, which may be of another forest.
type Forest struct {
	mu   sync.Mutex
	root *leaf
}

type leaf struct {
	f     *Forest
	kids  map[byte]*leaf
	list  []*leaf
	array [4]*leaf
}

func (l *leaf) drop() {
	l.f.mu.Lock()
	l.kids = nil
	l.f.mu.Unlock()
}

// NewForest makes a forest.
func NewForest() *Forest {
	f := &Forest{}
	f.root = &leaf{f: f, list: make([]*leaf, 4)}
	return f
}

func (l *leaf) graft(key byte, f *Forest) {
	l.kids[key] = &leaf{f: f}
	l.list[key] = &leaf{f: f}
	l.array[key] = &leaf{f: f}
}

// Fine, as far as one can know: what has been put into the children of a node is of another forest.
func (f *Forest) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, k := range f.root.kids {
		k.drop()
	}
	for _, k := range f.root.list {
		k.drop()
	}
	for _, k := range f.root.array {
		k.drop()
	}
}

// A Grove puts them there by a function.
type Grove struct {
	mu   sync.Mutex
	root *bough
}

type bough struct {
	g    *Grove
	kids map[byte]*bough
}

func (b *bough) drop() {
	b.g.mu.Lock()
	b.kids = nil
	b.g.mu.Unlock()
}

// NewGrove makes a grove.
func NewGrove() *Grove {
	g := &Grove{}
	g.root = &bough{g: g}
	return g
}

func putBough(kids map[byte]*bough, key byte, b *bough) { kids[key] = b }

func (b *bough) graft(key byte, g *Grove) { putBough(b.kids, key, &bough{g: g}) }

// Fine, as far as one can know.
func (g *Grove) Clear() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, k := range g.root.kids {
		k.drop()
	}
}

// A Wood has nodes that are all of it.
type Wood struct {
	mu   sync.Mutex
	root *stem
}

type stem struct {
	w    *Wood
	kids map[byte]*stem
	list []*stem
}

func (s *stem) drop() {
	s.w.mu.Lock()
	s.kids = nil
	s.w.mu.Unlock()
}

// NewWood makes a wood.
func NewWood() *Wood {
	w := &Wood{}
	w.root = &stem{w: w, list: make([]*stem, 4)}
	return w
}

func (s *stem) grow(key byte) {
	s.kids[key] = &stem{w: s.w}
	s.list[key] = &stem{w: s.w}
}

// Deadlocks: all nodes are of the wood.
func (w *Wood) Clear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, k := range w.root.kids {
		k.drop() // want `\[relock\]`
	}
	for _, k := range w.root.list {
		k.drop() // want `\[relock\]`
	}
}
