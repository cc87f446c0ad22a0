package cond_wait

import (
	"sync"
	"sync/atomic"
	"time"
)

// A Job waits for what another goroutine does.
type Job struct {
	mu    sync.Mutex
	cond  *sync.Cond
	ready bool
	gone  atomic.Bool
	done  []int
	runs  int
}

// NewJob makes a job.
func NewJob() *Job {
	j := &Job{}
	j.cond = sync.NewCond(&j.mu)
	return j
}

func (j *Job) work() {
	j.mu.Lock()
	j.ready = true
	j.done = append(j.done, 1)
	j.mu.Unlock()
	j.gone.Store(true)
	j.cond.Signal()
}

func (j *Job) count() {
	j.mu.Lock()
	j.runs++
	j.mu.Unlock()
}

func (j *Job) isReady() bool { return j.ready }

// Deadlocks: another goroutine has set the flag when the loop ends.
func (j *Job) Run() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ready = false
	go j.work()
	for !j.ready {
		j.cond.Wait()
	}
	j.count() // want `\[relock\]`
}

// Deadlocks: the same, asked by a method.
func (j *Job) RunAsking() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ready = false
	go j.work()
	for {
		if j.isReady() {
			break
		}
		j.cond.Wait()
	}
	j.count() // want `\[relock\]`
}

// Deadlocks: the same with a list.
func (j *Job) RunAll() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done = nil
	go j.work()
	for len(j.done) == 0 {
		j.cond.Wait()
	}
	j.count() // want `\[relock\]`
}

// Deadlocks: the same with an atomic flag.
func (j *Job) Poll() {
	j.gone.Store(false)
	go j.work()
	for !j.gone.Load() {
		time.Sleep(time.Millisecond)
	}
	j.mu.Lock()
	j.count() // want `\[relock\]`
	j.mu.Unlock()
}

// Deadlocks: the same with a variable.
func (j *Job) Own() {
	ready := false
	go func() {
		j.mu.Lock()
		ready = true
		j.mu.Unlock()
	}()
	j.mu.Lock()
	for !ready {
		j.cond.Wait()
	}
	j.count() // want `\[relock\]`
	j.mu.Unlock()
}

// Fine: when the loop ends the flag is set.
func (j *Job) Late() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ready = false
	go j.work()
	for !j.ready {
		j.cond.Wait()
	}
	if !j.ready {
		j.count()
	}
}

// Fine: nobody waits here.
func (j *Job) Never() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ready = false
	for !j.ready {
	}
	j.count()
}
