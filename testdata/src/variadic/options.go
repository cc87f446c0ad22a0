package variadic

import "sync"

// A Dial is turned with options.
type Dial struct {
	mu  sync.Mutex
	pos int
}

func (d *Dial) read() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.pos
}

// turn reads the dial, unless an option says that it is locked.
func (d *Dial) turn(opts ...string) {
	for _, o := range opts {
		if o == "locked" {
			d.pos++
			return
		}
	}
	d.read()
}

// Fine: the option says that it is locked.
func (d *Dial) Locked() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turn("fast", "locked")
}

// Deadlocks: there is no option.
func (d *Dial) Plain() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turn() // want `\[relock\]`
}

// late reads the dial before it looks at the options.
func (d *Dial) late(opts ...string) {
	d.pos = d.read()
	for _, o := range opts {
		if o == "left" {
			d.pos--
		}
	}
}

// Deadlocks: whatever the options say.
func (d *Dial) Late() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.late("locked") // want `\[relock\]`
}

// log looks at none of its words.
func (d *Dial) log(words ...string) {
	for range words {
		d.pos++
	}
	d.read()
}

// Deadlocks: the words do not matter.
func (d *Dial) Log() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.log("locked") // want `\[relock\]`
}
