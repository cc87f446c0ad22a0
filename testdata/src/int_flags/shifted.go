package int_flags

import "sync"

// Flags are told by the number of the bit.

type dial struct {
	mu sync.Mutex
	n  int
}

type dialBit uint

const (
	dialQuiet dialBit = iota
	dialLocked
)

type dialBits uint

func (b dialBits) has(i dialBit) bool { return b&(1<<i) != 0 }
func (b dialBits) bit(i dialBit) bool { return b>>i&1 == 1 }

func (d *dial) turn(b dialBits) {
	if !b.has(dialLocked) {
		d.mu.Lock()
		defer d.mu.Unlock()
	}
	d.n++
}

func (d *dial) twist(b dialBits) {
	if !b.bit(dialLocked) {
		d.mu.Lock()
		defer d.mu.Unlock()
	}
	d.n++
}

func (d *dial) shifted() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turn(1 << dialLocked)
	d.twist(1<<dialLocked | 1<<dialQuiet)
	d.turn(1 << dialQuiet)  // want `\[relock\]`
	d.twist(1 << dialQuiet) // want `\[relock\]`
}
