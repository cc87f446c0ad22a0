// Package observers holds cases of functions and objects that watch an object and are told of its changes.
package observers

import (
	"fmt"
	"sync"
)

// A Model tells its watchers what has changed.
type Model struct {
	mu       sync.RWMutex
	watchers []func(string)
	views    map[int]View
	value    string
	next     int
}

// A View is told as well.
type View interface{ Changed(value string) }

// NewModel makes a model.
func NewModel() *Model { return &Model{views: map[int]View{}} }

// Watch adds a watcher.
func (m *Model) Watch(f func(string)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.watchers = append(m.watchers, f)
}

// Attach adds a view.
func (m *Model) Attach(v View) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.next++
	m.views[m.next] = v
	return m.next
}

// Detach removes a view.
func (m *Model) Detach(id int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.views, id)
}

// Value returns the value.
func (m *Model) Value() string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.value
}

// logChanges adds a watcher that has captured m.
func (m *Model) logChanges() {
	m.Watch(func(s string) { fmt.Println("now", s, m.Value()) })
}

type label struct {
	model *Model
	id    int
	text  string
}

// Changed detaches the label when there is nothing left to show.
func (l *label) Changed(value string) {
	l.text = value
	if value == "" {
		l.model.Detach(l.id)
	}
}

func (m *Model) show() {
	l := &label{model: m}
	l.id = m.Attach(l)
}

// Deadlocks: one of the watchers has captured m and asks for its value.
func (m *Model) Set(s string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.value = s
	for _, f := range m.watchers {
		f(s) // want `\[downgrade\]`
	}
}

// Fine: the watchers are copied and told without the lock.
func (m *Model) SetLater(s string) {
	m.mu.Lock()
	m.value = s
	fs := append([]func(string){}, m.watchers...)
	m.mu.Unlock()
	for _, f := range fs {
		f(s)
	}
}

// Deadlocks: each label in m.views shows m, and may detach itself.
func (m *Model) Clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.value = ""
	for _, v := range m.views {
		v.Changed("") // want `\[relock\]`
	}
}

// Fine: each watcher is told in a goroutine of its own.
func (m *Model) SetAsync(s string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.value = s
	for _, f := range m.watchers {
		go f(s)
	}
}

// Fine: the watchers of another model.
func (m *Model) Mirror(o *Model) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range o.watchers {
		f(m.value)
	}
}

// A Board is watched by functions that have captured another object.
type Board struct {
	mu      sync.Mutex
	watch   []func(int)
	players int
}

// A Score has a lock of its own.
type Score struct {
	mu sync.Mutex
	n  int
}

func (s *Score) add(n int) {
	s.mu.Lock()
	s.n += n
	s.mu.Unlock()
}

func (b *Board) follow(s *Score) { b.watch = append(b.watch, s.add) }

// Fine: the watchers lock the score.
func (b *Board) Move(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.watch {
		f(n)
	}
}
