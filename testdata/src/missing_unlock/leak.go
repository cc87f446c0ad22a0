package missing_unlock

import (
	"errors"
	"sync"
)

// A Queue leaks its lock when it is full.
type Queue struct {
	mu   sync.Mutex
	list []string
}

func (q *Queue) push(v string) error {
	q.mu.Lock()
	if len(q.list) > 9 {
		return errors.New("full")
	}
	q.list = append(q.list, v)
	q.mu.Unlock()
	return nil
}

// pull leaves the lock held for whoever asks what was pulled.
func (q *Queue) pull() string {
	q.mu.Lock()
	return q.list[0]
}

func (q *Queue) size() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.list)
}

// Deadlocks: push leaks the lock.
func (q *Queue) PushOne() int {
	q.push("1")
	return q.size() // want `\[relock\]`
}

// Deadlocks: so it does here, twice.
func (q *Queue) PushTwo() int {
	q.push("1")
	q.push("2")     // want `\[relock\]`
	return q.size() // want `\[relock\]`
}

// Told with the others: it is one leak.
func (q *Queue) PushThree() int {
	q.push("3")
	return q.size()
}

// Deadlocks: pull is not at fault.
func (q *Queue) PullOne() (string, int) {
	v := q.pull()
	return v, q.size() // want `\[relock\]`
}

// Deadlocks: as before.
func (q *Queue) PullTwo() (string, int) {
	v := q.pull()
	return v + q.list[0], q.size() // want `\[relock\]`
}

// Deadlocks: as before.
func (q *Queue) PullThree() (string, int) {
	v := q.pull()
	return v + q.list[1], q.size() // want `\[relock\]`
}

// Deadlocks: as before.
func (q *Queue) PullFour() (string, int) {
	v := q.pull()
	return v + q.list[2], q.size() // want `\[relock\]`
}
