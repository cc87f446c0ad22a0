// Package corpus_read_locker holds cases of the read side of an RWMutex, which
// a goroutine locks and the function around unlocks.
package corpus_read_locker

import "sync"

// Fine: whoever waits for rlocked unlocks twice.
func HandOver(n int) {
	var wl sync.RWMutex
	var rl sync.Locker
	rlocked := make(chan bool, 1)
	rl = wl.RLocker()
	go func() {
		for range n {
			rl.Lock()
			rl.Lock()
			rlocked <- true
		}
	}()
	for range n {
		<-rlocked
		rl.Unlock()
		rl.Unlock()
	}
}

// Fine: as above, of a lock that the goroutine knows by its read side only.
func OneVariable(n int) {
	var wl sync.RWMutex
	rl := wl.RLocker()
	rlocked := make(chan bool, 1)
	go func() {
		for range n {
			rl.Lock()
			rlocked <- true
		}
	}()
	for range n {
		<-rlocked
		rl.Unlock()
	}
}

// Deadlocks if a writer waits in between: nobody else unlocks.
func Twice(work func()) {
	var wl sync.RWMutex
	rl := wl.RLocker()
	go func() {
		rl.Lock()
		defer rl.Unlock()
		rl.Lock() // want `rl is read-locked again while read-locked: .*\[recursive-rlock\]`
		defer rl.Unlock()
		work()
	}()
	wl.Lock()
	defer wl.Unlock()
	work()
}

// Deadlocks: rl is the read side of wl.
func BothSides(work func()) {
	var wl sync.RWMutex
	rl := wl.RLocker()
	go func() {
		rl.Lock()
		defer rl.Unlock()
		wl.Lock() // want `wl is write-locked while read-locked: .*\[upgrade\]`
		defer wl.Unlock()
		work()
	}()
}

// Deadlocks: l is mu.
func ByInterface(work func()) {
	var mu sync.Mutex
	var l sync.Locker = &mu
	go func() {
		mu.Lock()
		defer mu.Unlock()
		l.Lock() // want `mu is locked again while held: .*\[relock\]`
		defer l.Unlock()
		work()
	}()
}

// Fine: the closure runs later, when l is another mutex.
func PerIteration(n int) (later []func()) {
	var l sync.Locker
	for range n {
		var mu sync.Mutex
		l = &mu
		later = append(later, func() {
			mu.Lock()
			defer mu.Unlock()
			l.Lock()
			defer l.Unlock()
		})
	}
	return later
}
