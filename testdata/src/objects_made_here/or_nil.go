package objects_made_here

import (
	"errors"
	"sync"
)

type desk struct {
	mu sync.Mutex
	n  int
}

func (d *desk) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.n
}

// A badge says whether it is lost.
type badge struct {
	desk *desk
	lost bool
}

func (d *desk) badge(n int) *badge {
	if n == 0 {
		return nil
	}
	return &badge{desk: d, lost: true}
}

// Deadlocks: there may be no badge.
func (d *desk) withoutBadge(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if b := d.badge(n); b == nil {
		d.count() // want `\[relock\]`
	}
}

// Deadlocks: if there is one, it is of this desk.
func (d *desk) withBadge(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if b := d.badge(n); b != nil && b.lost {
		b.desk.count() // want `\[relock\]`
	}
}

// Fine: if there is one, it is lost.
func (d *desk) foundBadge(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if b := d.badge(n); b != nil && !b.lost {
		b.desk.count()
	}
}

func (d *desk) badgeOrError(n int) (*badge, error) {
	if n == 0 {
		return nil, errors.New("no badge")
	}
	return &badge{desk: d, lost: true}, nil
}

// Fine: the same of one that comes with an error.
func (d *desk) foundBadgeOrError(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	b, err := d.badgeOrError(n)
	if err != nil {
		return
	}
	if !b.lost {
		b.desk.count()
	}
	b.desk.count() // want `\[relock\]`
}
