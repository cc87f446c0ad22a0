package string_state

import (
	"strings"
	"sync"
)

// A Vault is opened by keys that say whether it is locked.
type Vault struct {
	mu    sync.Mutex
	coins int
}

func (v *Vault) add(key string) {
	if !strings.HasPrefix(key, "locked:") && !strings.HasSuffix(key, "!") {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	v.coins++
}

// Fine: the key has the prefix, or the suffix.
func (v *Vault) Add() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.add("locked:a")
	v.add("b!")
}

// Deadlocks: the key has neither.
func (v *Vault) AddUnlocked() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.add("a:locked") // want `\[relock\]`
}

// Deadlocks: the key may have neither.
func (v *Vault) AddAny(key string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.add(key) // want `\[relock\]`
}

// Fine: the test is made here, too.
func (v *Vault) AddTested(key string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if strings.HasPrefix(key, "locked:") {
		v.add(key)
	}
}

func (v *Vault) mode(m string) {
	if strings.EqualFold(m, "SHARED") || strings.Contains(m, "free") {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	v.coins--
}

// Fine: another mode.
func (v *Vault) Mode() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.mode("held")
}

// Deadlocks: the mode in other letters.
func (v *Vault) ModeShared() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.mode("Shared") // want `\[relock\]`
}

func (v *Vault) open(m string) {
	if m[0] == 'L' {
		v.coins++
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.coins--
}

func (v *Vault) call(verb string) {
	switch strings.ToUpper(verb) {
	case "LOCKED":
		v.coins++
	case "FREE":
		v.mu.Lock()
		defer v.mu.Unlock()
		v.coins--
	}
}

// Fine: the first letter says that it is locked, and so does the verb.
func (v *Vault) Open() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.open("Lr")
	v.call("locked")
}

// Deadlocks: it says that it is not.
func (v *Vault) OpenFree() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.open("rL") // want `\[relock\]`
}

// Deadlocks: so does the verb.
func (v *Vault) CallFree() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.call("free") // want `\[relock\]`
}
