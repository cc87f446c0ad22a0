package indexed_locks

import "sync"

type file struct {
	mu sync.Mutex
	n  int
}

type archive struct {
	files map[int]*file
	last  int
}

// Fine: each file is locked once, the last one like the others.
func (a *archive) close() {
	for id, f := range a.files {
		f.mu.Lock()
		if id == a.last {
			f.n = 0
		}
	}
}

type library struct{ a archive }

// Fine: close is called once.
func (l *library) close() { l.a.close() }

func (a *archive) each() {
	for _, f := range a.files {
		f.mu.Lock()
		f.n++
		f.mu.Unlock()
	}
}

// Deadlocks: the last file is one of them.
func (a *archive) count() {
	f := a.files[a.last]
	f.mu.Lock()
	defer f.mu.Unlock()
	a.each() // want `\[relock\]`
}
