// Package corpus_handshake holds cases of a lock that goes back and forth
// between two goroutines.
package corpus_handshake

import "sync"

// Fine: the goroutine releases the lock for a while, and takes it again.
func Run(work chan int, done chan bool) {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		for {
			mu.Unlock()
			mu.Lock()
			select {
			case done <- true:
				return
			default:
			}
		}
	}()
	for i := range 100 {
		mu.Lock()
		work <- i
		mu.Unlock()
	}
	<-done
}

// The goroutine waits for the lock, and nobody releases it.
func Wait(work chan int, done chan bool) {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		mu.Lock()
		mu.Unlock()
		done <- true
	}()
	for i := range 100 {
		mu.Lock() // want `mu is locked again while held: .*\[relock\]`
		work <- i
		mu.Unlock()
	}
	<-done
}
