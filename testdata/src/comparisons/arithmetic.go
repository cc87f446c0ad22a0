package comparisons

import "sync"

type dial struct {
	mu sync.Mutex
	n  int
}

func (d *dial) read() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.n
}

// Fine: the same bit is asked for.
func (d *dial) bit(flags uint) {
	if flags>>2&1 == 1 {
		d.mu.Lock()
	}
	d.n++
	if flags>>2&1 == 1 {
		d.mu.Unlock()
	}
	d.read()
}

// Deadlocks: another one is.
func (d *dial) otherBit(flags uint) {
	if flags>>2&1 == 1 {
		d.mu.Lock()
	}
	d.n++
	if flags>>3&1 == 1 {
		d.mu.Unlock()
	}
	d.read() // want `\[relock\]`
}

// Fine: the same shard, by the same arithmetic.
func (d *dial) shard(key, seed int) {
	mine := (key*31+seed)%8 == 0
	if mine {
		d.mu.Lock()
	}
	d.n++
	if (key*31+seed)%8 != 0 {
		d.read()
		return
	}
	d.mu.Unlock()
}

// Deadlocks: another shard.
func (d *dial) otherShard(key, seed int) {
	if (key*31+seed)%8 == 0 {
		d.mu.Lock()
	}
	d.n++
	if (key*31+seed)%4 != 0 {
		d.read() // want `\[relock\]`
		return
	}
	d.mu.Unlock()
}

// Fine: it is one sum, whatever it comes to.
func (d *dial) sum(list []int) {
	h := 7
	for _, v := range list {
		h = h*31 + v
	}
	if h%2 == 0 {
		d.mu.Lock()
	}
	d.n = h
	if h%2 == 0 {
		d.mu.Unlock()
	}
	d.read()
}
