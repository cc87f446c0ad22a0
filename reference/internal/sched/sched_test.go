package sched

import (
	"sync"
	"testing"
	"time"
)

// deadline is when a test gives up.
const deadline = 10 * time.Second

// counting starts a task that sends its context whenever it runs.
func counting(t *testing.T) (*Task, <-chan string) {
	t.Helper()
	runs := make(chan string, 100)
	task := New(func(task *Task) { runs <- task.Context.(string) }, "me")
	t.Cleanup(task.Stop)
	return task, runs
}

func expectRun(t *testing.T, runs <-chan string) {
	t.Helper()
	select {
	case who := <-runs:
		if who != "me" {
			t.Errorf("the context is %q", who)
		}
	case <-time.After(deadline):
		t.Fatal("the task did not run")
	}
}

func TestWakeup(t *testing.T) {
	task, runs := counting(t)
	task.Wakeup()
	expectRun(t, runs)
	task.Wakeup()
	expectRun(t, runs)
}

func TestSchedule(t *testing.T) {
	task, runs := counting(t)
	begin := time.Now()
	task.Schedule(20 * time.Millisecond)
	expectRun(t, runs)
	if took := time.Since(begin); took < 20*time.Millisecond {
		t.Errorf("ran after %s already", took)
	}
}

func TestEarlierWins(t *testing.T) {
	task, runs := counting(t)
	task.Schedule(time.Hour)
	task.Schedule(time.Millisecond)
	task.Schedule(time.Hour)
	expectRun(t, runs)
}

// TestUnderLock wakes a task while holding a lock that it needs.
func TestUnderLock(t *testing.T) {
	var mu sync.Mutex
	ran := make(chan struct{})
	task := New(func(*Task) {
		mu.Lock()
		defer mu.Unlock()
		close(ran)
	}, nil)
	defer task.Stop()

	mu.Lock()
	task.Wakeup()
	mu.Unlock()
	select {
	case <-ran:
	case <-time.After(deadline):
		t.Fatal("the task did not run")
	}
}

// TestScheduleItself lets a task run three times.
func TestScheduleItself(t *testing.T) {
	left := 3
	done := make(chan struct{})
	task := New(func(task *Task) {
		if left--; left == 0 {
			close(done)
			return
		}
		task.Schedule(time.Millisecond)
	}, nil)
	defer task.Stop()
	task.Wakeup()
	select {
	case <-done:
	case <-time.After(deadline):
		t.Fatal("the task did not run three times")
	}
}

func TestStopTwice(t *testing.T) {
	task := New(func(*Task) {}, nil)
	task.Stop()
	task.Stop()
	task.Wakeup() // must not block
}
