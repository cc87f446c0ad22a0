package objects_made_here

import (
	"slices"
	"sync"
)

type watcher struct{ members []*member }

type member struct{ mu sync.Mutex }

func (m *member) check() {
	m.mu.Lock()
	m.mu.Unlock()
}

func (w *watcher) checkAll() {
	for _, m := range w.members {
		m.check()
	}
}

func Appended() {
	w, m := &watcher{}, &member{}
	w.members = append(w.members, m)
	m.mu.Lock()
	defer m.mu.Unlock()
	w.checkAll() // want `\[relock\]`
}

func AppendedFirst() {
	w, m := &watcher{}, &member{}
	w.members = append(w.members, m)
	w.members = append(w.members, &member{})
	m.mu.Lock()
	defer m.mu.Unlock()
	w.checkAll() // want `\[relock\]`
}

func AppendedLater() {
	w, m := &watcher{}, &member{}
	m.mu.Lock()
	w.checkAll() // Fine: it is not there yet.
	m.mu.Unlock()
	w.members = append(w.members, m)
}

func TakenOut() {
	w, m := &watcher{}, &member{}
	w.members = append(w.members, m)
	w.members = slices.DeleteFunc(w.members, func(x *member) bool { return x == m })
	m.mu.Lock()
	defer m.mu.Unlock()
	w.checkAll() // Fine
}

func Emptied() {
	w, m := &watcher{}, &member{}
	w.members = append(w.members, m)
	w.members = w.members[:0]
	m.mu.Lock()
	defer m.mu.Unlock()
	w.checkAll() // Fine
}

func AnotherAppended() {
	w, m := &watcher{}, &member{}
	w.members = append(w.members, &member{})
	m.mu.Lock()
	defer m.mu.Unlock()
	w.checkAll() // Fine
}
