// Package importer_variable holds cases of what an importer puts into package-level variables of another package.
package importer_variable

import (
	"fmt"
	"sync"

	"importer_variable/registry"
)

type lazy struct{}

// Open registers another one.
func (lazy) Open(string) { registry.Register("more", eager{}) }

type eager struct{}

// Open prints.
func (eager) Open(name string) { fmt.Println(name) }

// Deadlocks: Open of the driver is called under the read lock.
func init() {
	registry.Register("lazy", lazy{}) // want `\[upgrade\]`
}

// Fine: Open of eager takes no lock.
func init() {
	registry.Register("eager", eager{})
}

// Deadlocks: the function is called under the lock that Len takes.
func Hook() {
	registry.Hook(func() { fmt.Println(registry.Len()) }) // want `\[downgrade\]`
}

// Fine: the function is called when the lock is free.
func Idle() {
	registry.Idle(func() { fmt.Println(registry.Len()) })
}

var mu sync.Mutex

// Fine: the function takes a lock of this package.
func HookOwn() {
	registry.Hook(func() {
		mu.Lock()
		defer mu.Unlock()
		fmt.Println("changed")
	})
}

// Deadlocks: the variable is called under the lock.
func Set() {
	registry.OnChange = func() { fmt.Println(registry.Len()) } // want `\[downgrade\]`
}

// Fine: the variable that is called without it.
func SetDone() {
	registry.OnDone = func() { fmt.Println(registry.Len()) }
}

// Fine: the function is kept, but nowhere that is called.
func Keep() (onChange func()) {
	onChange = func() { fmt.Println(registry.Len()) }
	return onChange
}

// Deadlocks: what is stored in the session is called under the lock of its package.
func Begin(s *registry.Session) {
	s.Started(func() { fmt.Println(registry.Len()) }) // want `\[downgrade\]`
}

// Fine: called without the lock.
func End(s *registry.Session) {
	s.Ended(func() { fmt.Println(registry.Len()) })
}
