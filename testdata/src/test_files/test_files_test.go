package test_files

import (
	"testing"
	"time"
)

// Deadlocks: the test asks for the length under the lock.
func TestFill(t *testing.T) {
	q := &Queue{}
	q.mu.Lock()
	q.items = []int{1, 2}
	if q.Len() != 2 { // want `\[downgrade\]`
		t.Error("not filled")
	}
	q.mu.Unlock()
}

// Fine: released before the length is asked for.
func TestPop(t *testing.T) {
	q := &Queue{}
	q.mu.Lock()
	q.items = []int{1, 2}
	q.mu.Unlock()
	if got := q.Pop(); got != 1 {
		t.Errorf("got %d", got)
	}
}

// Deadlocks: the literal of a subtest runs in its own goroutine, but it locks twice by itself.
func TestSub(t *testing.T) {
	q := &Queue{}
	t.Run("len", func(t *testing.T) {
		q.mu.RLock()
		defer q.mu.RUnlock()
		t.Log(q.Len()) // want `\[recursive-rlock\]`
	})
}

// Fine: the other goroutine waits until the lock is released.
func TestWait(t *testing.T) {
	q := &Queue{}
	q.mu.Lock()
	done := make(chan int)
	go func() { done <- q.Len() }()
	time.Sleep(time.Millisecond)
	q.mu.Unlock()
	<-done
}
