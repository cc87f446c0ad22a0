package missing_unlock

import (
	"bufio"
	"errors"
	"io"
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

// A Lines is read into a queue by a function that is not known.
type Lines struct {
	q    Queue
	next func() (string, bool)
}

// take leaks the lock for one of its errors.
func (l *Lines) take(v string) error {
	l.q.mu.Lock()
	if v == "quit" {
		l.q.mu.Unlock()
		return io.EOF
	}
	if len(v) > 80 {
		return errors.New("too long")
	}
	l.q.list = append(l.q.list, v)
	l.q.mu.Unlock()
	return nil
}

// Deadlocks: no function that is called in between can release a lock that was leaked.
func (l *Lines) Scan(r io.Reader) error {
	for sc := bufio.NewScanner(r); sc.Scan(); {
		if err := l.take(sc.Text()); err == io.EOF { // want `\[relock\]`
			return err
		}
	}
	return nil
}

// Deadlocks: the same.
func (l *Lines) All() {
	for v, ok := l.next(); ok; v, ok = l.next() {
		l.take(v) // want `\[relock\]`
	}
}

// Fine: it ends with any error.
func (l *Lines) Some() error {
	for v, ok := l.next(); ok; v, ok = l.next() {
		if err := l.take(v); err != nil {
			return err
		}
	}
	return nil
}
