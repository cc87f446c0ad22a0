package errors_is

import (
	"sync"

	"errors_is/sentinels"
)

type disk struct {
	mu       sync.Mutex
	readOnly bool
	hook     func()
}

// begin leaves the lock held unless it returns an error.
func (d *disk) begin() error {
	if d.readOnly {
		return sentinels.ErrReadOnly
	}
	d.hook()
	d.mu.Lock()
	return nil
}

func (d *disk) close() {
	d.mu.Lock()
	d.mu.Unlock()
}

// Fine: the error to compare with is not nil, whatever the hook does.
func refused(d *disk) {
	if err := d.begin(); err != sentinels.ErrReadOnly {
		panic(err)
	}
	d.close()
}

// Deadlocks: there may be no error.
func notRefused(d *disk) {
	if err := d.begin(); err == sentinels.ErrReadOnly {
		return
	}
	d.close() // want `\[relock\]`
}
