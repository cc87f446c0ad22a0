package test_files_test

import (
	"testing"

	"test_files"
)

// Deadlocks: the exported wrapper locks, Len asks.
func TestPush(t *testing.T) {
	q := new(test_files.Queue)
	q.Lock()
	defer q.Unlock()
	if q.Len() > 0 { // want `\[downgrade\]`
		t.Error("not empty")
	}
}

// Fine: two queues.
func TestTwo(t *testing.T) {
	p, q := new(test_files.Queue), new(test_files.Queue)
	p.Lock()
	defer p.Unlock()
	if q.Len() > 0 {
		t.Error("not empty")
	}
}
