// Package hand_off uses a mutex as a signal between goroutines.
package hand_off

import "sync"

// Fine: the function around unlocks what the goroutine locked.
func Signal(wait func()) {
	var mu sync.Mutex
	go func() {
		mu.Lock()
		mu.Lock()
	}()
	wait()
	mu.Unlock()
}

// Deadlocks: the function around unlocks only what it locked itself.
func Guard(wait func()) int {
	var mu sync.Mutex
	n := 0
	go func() {
		mu.Lock()
		n++
		mu.Lock() // want `\[relock\]`
		n--
		mu.Unlock()
	}()
	wait()
	mu.Lock()
	defer mu.Unlock()
	return n
}
