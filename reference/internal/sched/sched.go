// Package sched runs tasks: functions that are woken up now or after a while.
package sched

import (
	"sync"
	"time"
)

// Task is a function that runs on a goroutine of its own whenever it is due.
// Wakeup, Schedule and Stop never run it themselves and never wait for it, so
// they may be called under any lock, also from the function.
type Task struct {
	// Process is what the task does. It gets the task so that one function can
	// serve many tasks and can schedule itself again.
	Process func(*Task)
	// Context is the thing that the task works for.
	Context any

	mu   sync.Mutex // leaf
	due  time.Time  // zero: not scheduled
	bell chan struct{}
	stop chan struct{}
	once sync.Once
}

// New starts a task that is not scheduled.
func New(process func(*Task), context any) *Task {
	t := &Task{
		Process: process,
		Context: context,
		bell:    make(chan struct{}, 1),
		stop:    make(chan struct{}),
	}
	go t.run()
	return t
}

// Wakeup makes the task run as soon as possible.
func (t *Task) Wakeup() {
	t.Schedule(0)
}

// Schedule makes the task run after a while, or earlier if it is already
// scheduled for an earlier time.
func (t *Task) Schedule(after time.Duration) {
	due := time.Now().Add(after)
	t.mu.Lock()
	if t.due.IsZero() || due.Before(t.due) {
		t.due = due
	}
	t.mu.Unlock()

	select {
	case t.bell <- struct{}{}:
	default: // it rings already
	}
}

// Stop ends the task. A run that has begun is not waited for.
func (t *Task) Stop() {
	t.once.Do(func() { close(t.stop) })
}

// run is the goroutine of the task.
func (t *Task) run() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		wait, scheduled := t.remaining()
		if scheduled && wait <= 0 {
			t.Process(t)
			continue
		}
		if scheduled {
			timer.Reset(wait)
		} else {
			timer.Stop()
		}
		select {
		case <-t.bell:
		case <-timer.C:
		case <-t.stop:
			return
		}
	}
}

// remaining tells whether the task is scheduled and for when. A task that is
// due counts as not scheduled from here on: what is scheduled during its run is
// a new run.
func (t *Task) remaining() (time.Duration, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()

	if t.due.IsZero() {
		return 0, false
	}
	wait := time.Until(t.due)
	if wait <= 0 {
		t.due = time.Time{}
	}
	return wait, true
}
