// Package lock_all holds cases of functions that lock or unlock every element of a container.
package lock_all

import "sync"

// A Vec has mutexes in an array and in a slice.
type Vec struct {
	mus  [4]sync.Mutex
	list []*sync.Mutex
	rows []*row
	n    int
}

type row struct {
	mu sync.Mutex
	n  int
}

func (v *Vec) unlockAll() {
	for i := range v.mus {
		v.mus[i].Unlock()
	}
}

func (v *Vec) unlockList() {
	for _, m := range v.list {
		m.Unlock()
	}
}

func (v *Vec) unlockRows() {
	for _, r := range v.rows {
		r.mu.Unlock()
	}
}

// Fine: unlockAll unlocks the first mutex, too.
func (v *Vec) First() {
	v.mus[0].Lock()
	for i := range v.mus[1:] {
		v.mus[i+1].Lock()
	}
	v.n++
	v.unlockAll()
	v.mus[0].Lock()
	v.n--
	v.mus[0].Unlock()
}

// Fine: unlockList unlocks the mutex.
func (v *Vec) FirstOfList() {
	v.list[0].Lock()
	v.unlockList()
	v.list[0].Lock()
	v.list[0].Unlock()
}

// Fine: unlockRows unlocks the row.
func (v *Vec) FirstRow() {
	v.rows[0].mu.Lock()
	v.unlockRows()
	v.rows[0].mu.Lock()
	v.rows[0].mu.Unlock()
}

// Deadlocks: the rows are unlocked, and not the mutex.
func (v *Vec) Other() {
	v.mus[1].Lock()
	v.unlockRows()
	v.mus[1].Lock() // want `\[relock\]`
	v.mus[1].Unlock()
}
