// Package init_order holds cases of locks taken by package initialisation.
package init_order

import (
	"fmt"
	"sync"
)

var (
	mu     sync.Mutex
	codecs = map[string]int{}

	// Deadlocks: the literal holds mu while it calls lookup.
	fallback = func() int {
		mu.Lock()
		defer mu.Unlock()
		return lookup("json") // want `\[relock\]`
	}()

	// Fine: lookup locks and unlocks.
	second = lookup("xml")
)

func lookup(name string) int {
	mu.Lock()
	defer mu.Unlock()
	return codecs[name]
}

func add(name string, id int) {
	mu.Lock()
	codecs[name] = id
	mu.Unlock()
}

// Fine: add locks and unlocks.
func init() {
	add("json", 1)
	add("xml", 2)
}

// Deadlocks: an init function that holds the lock around add.
func init() {
	mu.Lock()
	defer mu.Unlock()
	if len(codecs) < 3 {
		add("gob", 3) // want `\[relock\]`
	}
}

// Fine: the initialisation has ended with the lock free.
func init() {
	mu.Lock()
	n := len(codecs)
	mu.Unlock()
	if n != len(codecs) {
		panic(fmt.Sprint(lookup("json"), fallback, second))
	}
}
