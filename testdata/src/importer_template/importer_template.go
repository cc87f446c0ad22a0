// Package importer_template holds cases of template methods: a type embeds one of another package, which calls it back.
package importer_template

import "importer_template/base"

// A Job embeds the base.
type Job struct {
	base.Base
	n int
}

// Step asks the base.
func (j *Job) Step() { j.State() }

// Deadlocks: Run of the base calls Step under the lock that State takes.
func NewJob() *Job {
	j := &Job{}
	j.Init(j) // want `\[relock\]`
	return j
}

// Fine: the step of one job is another job.
func NewPair() (*Job, *Job) {
	one, two := &Job{}, &Job{}
	one.Init(two)
	return one, two
}

// Fine: Finish sets what is called without the lock.
func NewFinish() *Job {
	j := &Job{}
	j.Finish(j)
	return j
}

// A Task embeds a pointer to the base.
type Task struct{ *base.Base }

// Step asks the base.
func (t *Task) Step() { t.State() }

// Deadlocks: the base is complete only after the call.
func NewTask() *Task {
	t := &Task{}
	t.Base = base.New(t) // want `\[relock\]`
	return t
}

// Fine: the base of the task is another one than that which calls it.
func Wrap(b *base.Base) (*Task, *base.Base) {
	t := &Task{b}
	return t, base.New(t)
}

// Fine: the task gets another base at last.
func Swap(b *base.Base) *Task {
	t := &Task{}
	t.Base = base.New(t)
	t.Base = b
	return t
}

// A Plain job embeds the base, but its step does not ask it.
type Plain struct {
	base.Base
	n int
}

// Step counts.
func (p *Plain) Step() { p.n++ }

// Fine: Step takes no lock.
func NewPlain() *Plain {
	p := &Plain{}
	p.Init(p)
	return p
}
