// Package taken_out holds cases of elements that a helper takes out of a container.
package taken_out

import "sync"

// A Job is in a queue until it is taken out.
type Job struct {
	mu sync.Mutex
	n  int
}

// A Queue has jobs.
type Queue struct {
	jobs  []*Job
	byKey map[string]*Job
}

func (q *Queue) sum() (n int) {
	for _, j := range q.jobs {
		j.mu.Lock()
		n += j.n
		j.mu.Unlock()
	}
	return n
}

func (q *Queue) all() (n int) {
	for _, j := range q.byKey {
		j.mu.Lock()
		n += j.n
		j.mu.Unlock()
	}
	return n
}

func (q *Queue) pop() *Job {
	j := q.jobs[0]
	q.jobs = q.jobs[1:]
	return j
}

func (q *Queue) peek() *Job { return q.jobs[0] }

func (q *Queue) take(k string) *Job {
	defer delete(q.byKey, k)
	return q.byKey[k]
}

// Fine: the job is not in the queue any more.
func (q *Queue) Run() int {
	j := q.pop()
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.n + q.sum()
}

// Deadlocks: the job is still in the queue.
func (q *Queue) Look() int {
	j := q.peek()
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.n + q.sum() // want `\[relock\]`
}

// Fine: two jobs.
func (q *Queue) Pair() int {
	a, b := q.pop(), q.pop()
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	return a.n + b.n
}

// Deadlocks: the same job twice.
func (q *Queue) Twice() int {
	a, b := q.peek(), q.peek()
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock() // want `\[relock\]`
	defer b.mu.Unlock()
	return a.n + b.n
}

// Fine: the job was taken out when take returned.
func (q *Queue) Take(k string) int {
	j := q.take(k)
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.n + q.all()
}

var currentJob = &Job{}

// use makes j the current job for as long as f runs.
func use(j *Job, f func()) {
	old := currentJob
	currentJob = j
	f()
	currentJob = old
}

func (j *Job) value() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.n
}

// run runs f.
func run(f func()) { f() }

// Fine: f runs while another job is the current one.
func Swap() (n int) {
	j := currentJob
	j.mu.Lock()
	defer j.mu.Unlock()
	use(&Job{}, func() { n = currentJob.value() })
	return n
}

// Deadlocks: f runs while the same job is the current one.
func Stay() (n int) {
	j := currentJob
	j.mu.Lock()
	defer j.mu.Unlock()
	run(func() { n = currentJob.value() }) // want `\[relock\]`
	return n
}
