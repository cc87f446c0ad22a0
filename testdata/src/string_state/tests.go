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
