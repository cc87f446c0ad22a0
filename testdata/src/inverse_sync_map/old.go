package inverse_sync_map

import (
	"sync"
	"time"
)

// Desk has tickets.
type Desk struct {
	mu      sync.Mutex
	tickets sync.Map
	n       int
}

// Ticket is of a desk.
type Ticket struct {
	desk *Desk
	last time.Time
	paid bool
}

// Ticket returns the ticket of that name.
func (d *Desk) Ticket(name string) *Ticket {
	t, _ := d.tickets.LoadOrStore(name, &Ticket{desk: d})
	return t.(*Ticket)
}

func (t *Ticket) void() {
	t.desk.mu.Lock()
	defer t.desk.mu.Unlock()
	t.desk.n--
}

func (t *Ticket) voidPaid() {
	if t.paid {
		t.void()
	}
}

// Deadlocks: some ticket is old, or there would be no call.
func (d *Desk) Sweep(before time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tickets.Range(func(_, v any) bool { // want `\[relock\]`
		if t := v.(*Ticket); t.last.Before(before) {
			t.void()
		}
		return true
	})
}

// Fine: no old ticket may be paid.
func (d *Desk) SweepPaid(before time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tickets.Range(func(_, v any) bool {
		if t := v.(*Ticket); t.last.Before(before) {
			t.voidPaid()
		}
		return true
	})
}
