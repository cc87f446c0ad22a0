// Package b uses the locks of package a.
package b

import (
	"fmt"
	"log"

	"cross_package/a"
)

// Deadlocks: Len locks the exported mutex that is held here.
func Trim(t *a.Table) {
	t.Mu.Lock()
	defer t.Mu.Unlock()
	for t.Len() > 10 { // want `\[relock\]`
		t.Rows = t.Rows[1:]
	}
}

// Fine: another table.
func Equal(t, u *a.Table) bool {
	t.Mu.Lock()
	defer t.Mu.Unlock()
	return len(t.Rows) == u.Len()
}

// Deadlocks when a writer waits in between: the package-level lock of a.
func List(names []string) (out []*a.Table) {
	a.Mu.RLock()
	defer a.Mu.RUnlock()
	for _, n := range names {
		out = append(out, a.Find(n)) // want `\[recursive-rlock\]`
	}
	return out
}

// Fine: Find locks and unlocks by itself.
func Lens(names []string) (n int) {
	for _, name := range names {
		n += a.Find(name).Len()
	}
	return n
}

// Deadlocks: a write lock through the wrapper, then a read lock two calls deep.
func Reopen(t *a.Table) {
	t.Lock()
	defer t.Unlock()
	log.Print(t.Describe()) // want `\[downgrade\]`
}

// Fine: the wrapper has unlocked.
func Toggle(t *a.Table) {
	t.Lock()
	t.Rows = nil
	t.Unlock()
	t.SetOpen(!t.Open())
}

// Deadlocks: the write lock under the read lock of View.
func Fix(t *a.Table) {
	defer t.View()()
	if len(t.Rows) == 0 {
		t.SetOpen(false) // want `\[upgrade\]`
	}
}

// Fine: the function that View returned has been called.
func Refresh(t *a.Table) {
	done := t.View()
	n := len(t.Rows)
	done()
	t.SetOpen(n > 0)
}

// Deadlocks: Update runs the literal under the state's lock.
func Mark(t *a.Table) {
	t.Update(func() { fmt.Println(t.Open()) }) // want `\[downgrade\]`
}

// Fine: Later runs the literal without it.
func Note(t *a.Table) {
	t.Later(func() { fmt.Println(t.Open()) })
}

// Fine: Update runs the literal under the lock of t, not of u.
func Mirror(t, u *a.Table) {
	t.Update(func() { u.SetOpen(true) })
}

// Deadlocks: the flag says that Mu is free.
func Fill(t *a.Table, rows []string) {
	t.Mu.Lock()
	defer t.Mu.Unlock()
	for _, r := range rows {
		t.Append(r, false) // want `\[relock\]`
	}
}

// Fine: the flag says that Mu is held.
func Load(t *a.Table, rows []string) {
	t.Mu.Lock()
	defer t.Mu.Unlock()
	for _, r := range rows {
		t.Append(r, true)
	}
}

// Deadlocks: no error of Begin, so the state is locked.
func Commit(t *a.Table) error {
	if err := t.Begin(); err != nil {
		return err
	}
	defer t.Commit()
	if !t.Open() { // want `\[downgrade\]`
		return fmt.Errorf("not open")
	}
	return nil
}

// Fine: an error of Begin, so the state is not locked.
func Check(t *a.Table) bool {
	if t.Begin() != nil {
		return t.Open()
	}
	t.Commit()
	return true
}

// Deadlocks: after Yield the lock is held again.
func Pause(t *a.Table) {
	t.Lock()
	defer t.Unlock()
	t.Yield()
	t.SetOpen(false) // want `\[relock\]`
}

// Fine: Yield takes the lock only after it has released it.
func Breathe(t *a.Table) {
	t.Lock()
	defer t.Unlock()
	t.Yield()
	t.Rows = nil
}

// Fine: Watch runs its function in another goroutine.
func Follow(t *a.Table) {
	t.Lock()
	defer t.Unlock()
	t.Watch(func() { t.SetOpen(true) })
}

// Deadlocks: Close may leave the lock held.
func Shut(t *a.Table) bool {
	t.Close()
	return t.Open() // want `\[downgrade\]`
}

// Fine: nothing is asked for after Close.
func ShutQuietly(t *a.Table) {
	if t.Open() {
		t.Close()
	}
}
