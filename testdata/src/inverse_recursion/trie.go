package inverse_recursion

import "sync"

// A Trie has nodes that are made with a map for their children.
type Trie struct {
	mu   sync.Mutex
	root *letter
	size int
}

type letter struct {
	t    *Trie
	kids map[byte]*letter
	end  *int
}

func (l *letter) drop() {
	l.t.mu.Lock()
	l.t.size--
	l.t.mu.Unlock()
}

func (l *letter) put(word string, v *int) *letter {
	if word == "" {
		l.end = v
		return l
	}
	k := l.kids[word[0]]
	if k == nil {
		k = &letter{t: l.t, kids: map[byte]*letter{}}
		l.kids[word[0]] = k
	}
	return k.put(word[1:], v)
}

func (l *letter) find(word string) *letter {
	if l == nil || word == "" {
		return l
	}
	return l.kids[word[0]].find(word[1:])
}

// NewTrie makes a trie.
func NewTrie() *Trie {
	t := &Trie{}
	t.root = &letter{t: t, kids: map[byte]*letter{}}
	return t
}

// Deadlocks: the node that is returned is of the trie.
func (t *Trie) Put(word string, v *int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.root.put(word, v).drop() // want `\[relock\]`
}

// Deadlocks: so is the one that is found.
func (t *Trie) Drop(word string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l := t.root.find(word); l != nil {
		l.drop() // want `\[relock\]`
	}
}

// Fine: the node of another trie.
func (t *Trie) DropOf(o *Trie, word string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l := o.root.find(word); l != nil {
		l.drop()
	}
}

// A Maze has rooms, whose doors lead to rooms of another maze.
type Maze struct {
	mu   sync.Mutex
	hall *room
}

type room struct {
	m     *Maze
	doors map[byte]*room
}

func (r *room) enter() {
	r.m.mu.Lock()
	r.m.mu.Unlock()
}

func open(doors map[byte]*room, m *Maze) { doors[0] = &room{m: m} }

func (r *room) build(way string, other *Maze) *room {
	if way == "" {
		return r
	}
	next := r.doors[way[0]]
	if next == nil {
		next = &room{m: r.m, doors: map[byte]*room{}}
		r.doors[way[0]] = next
	}
	open(next.doors, other)
	return next.build(way[1:], other)
}

// NewMaze makes a maze.
func NewMaze(other *Maze) *Maze {
	m := &Maze{}
	m.hall = &room{m: m, doors: map[byte]*room{}}
	m.hall.build("abc", other)
	return m
}

// Fine, as far as one can know.
func (m *Maze) Enter() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.hall.doors {
		for _, r := range r.doors {
			r.enter()
		}
	}
}
