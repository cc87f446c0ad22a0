package unlock_func

import "sync"

// A Desk is locked by who works at it.
type Desk struct {
	mu   sync.Mutex
	pens int
}

func (d *Desk) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.pens
}

func (d *Desk) leave() { d.mu.Unlock() }

func (d *Desk) sit() func() {
	d.mu.Lock()
	return d.mu.Unlock
}

// finish calls done before it counts.
func (d *Desk) finish(done func()) int {
	done()
	return d.count()
}

// Fine: finish has unlocked before it counts.
func (d *Desk) Finish() int {
	d.mu.Lock()
	return d.finish(d.mu.Unlock)
}

// Fine: so does a function literal.
func (d *Desk) FinishLiteral() int {
	d.mu.Lock()
	return d.finish(func() {
		d.pens++
		d.mu.Unlock()
	})
}

// Fine: the function is the result of another one.
func (d *Desk) FinishResult() int { return d.finish(d.sit()) }

// Deadlocks: finish calls a function that does not unlock.
func (d *Desk) FinishNothing() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.finish(func() { d.pens++ }) // want `\[relock\]`
}

// Deadlocks: the function unlocks another desk.
func (d *Desk) FinishOther(o *Desk) int {
	o.mu.Lock()
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.finish(o.leave) // want `\[relock\]`
}

// late counts before it calls done.
func (d *Desk) late(done func()) int {
	n := d.count()
	done()
	return n
}

// Deadlocks: late counts first.
func (d *Desk) Late() int {
	d.mu.Lock()
	return d.late(d.mu.Unlock) // want `\[relock\]`
}

// apply calls f with the desk.
func (d *Desk) apply(f func(*Desk)) int {
	f(d)
	return d.count()
}

// Fine: a method expression that unlocks what it is called with.
func (d *Desk) Apply() int {
	d.mu.Lock()
	return d.apply((*Desk).leave)
}

// Deadlocks: a method expression that does not unlock.
func (d *Desk) ApplyDust() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.apply(func(d *Desk) { d.pens = 0 }) // want `\[relock\]`
}

// maybe calls done in one case only.
func (d *Desk) maybe(early bool, done func()) int {
	if early {
		done()
	}
	n := d.count()
	if !early {
		done()
	}
	return n
}

// Fine: it is called early.
func (d *Desk) Early() int {
	d.mu.Lock()
	return d.maybe(true, d.mu.Unlock)
}

// Deadlocks: it is called late.
func (d *Desk) NotEarly() int {
	d.mu.Lock()
	return d.maybe(false, d.mu.Unlock) // want `\[relock\]`
}

// optional calls done if there is one.
func (d *Desk) optional(done func()) int {
	if done != nil {
		done()
	}
	return d.count()
}

// Fine: there is one.
func (d *Desk) Some() int {
	d.mu.Lock()
	return d.optional(d.mu.Unlock)
}

// Deadlocks: there is none.
func (d *Desk) None() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.optional(nil) // want `\[relock\]`
}

func after[V any](v V, end func(), then func(V)) {
	end()
	then(v)
}

// Fine: then is called after end.
func (d *Desk) After() {
	d.mu.Lock()
	after(d.pens, d.mu.Unlock, func(int) { d.count() })
}

// Deadlocks: end counts, and then unlocks.
func (d *Desk) Before() {
	d.mu.Lock()
	after(d.pens, func() { d.count() }, func(int) { d.mu.Unlock() }) // want `\[relock\]`
}

// locked calls f with what unlocks.
func (d *Desk) locked(f func(unlock func())) {
	d.mu.Lock()
	held := true
	f(func() {
		held = false
		d.mu.Unlock()
	})
	if held {
		d.mu.Unlock()
	}
}

// Fine: unlocked before it counts.
func (d *Desk) Locked() {
	d.locked(func(unlock func()) {
		unlock()
		d.count()
	})
}

// Deadlocks: unlocked after it has counted.
func (d *Desk) LockedLate() {
	d.locked(func(unlock func()) { // want `\[relock\]`
		d.count()
		unlock()
	})
}

// A worker finishes by an interface.
type worker interface{ leave() }

func (d *Desk) work(w worker) int {
	w.leave()
	return d.count()
}

// Fine: the method unlocks.
func (d *Desk) Work() int {
	d.mu.Lock()
	return d.work(d)
}

// An idler does nothing.
type idler struct{}

func (*idler) leave() {}

// Deadlocks: the method does not unlock.
func (d *Desk) Idle() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.work(&idler{}) // want `\[relock\]`
}

// within counts after a call of its own parameter, under its own lock.
func (d *Desk) within(done func()) int {
	d.mu.Lock()
	done()
	return d.count()
}

// Fine: what is passed unlocks.
func (d *Desk) Within() int { return d.within(d.mu.Unlock) }

// outer passes on what it was passed.
func (d *Desk) outer(done func()) int { return d.finish(done) }

// Fine: through two functions.
func (d *Desk) Outer() int {
	d.mu.Lock()
	return d.outer(d.leave)
}

// Deadlocks: through two functions.
func (d *Desk) OuterNothing() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.outer(func() {}) // want `\[relock\]`
}

// run calls what it is passed.
func run(f func()) { f() }

// Fine: what is passed on unlocks.
func (d *Desk) through(done func()) int {
	d.mu.Lock()
	run(done)
	return d.count()
}

func (d *Desk) Through() int { return d.through(d.mu.Unlock) }

// Deadlocks: what is passed on does not unlock.
func (d *Desk) throughNothing(done func()) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.skip(done)
	return d.count() // want `\[relock\]`
}

func (d *Desk) skip(f func()) { f() }

func (d *Desk) ThroughNothing() int { return d.throughNothing(func() {}) }

// Fine: the function that counts has unlocked before.
func (d *Desk) throughFinish(done func()) int {
	d.mu.Lock()
	return d.finish(done)
}

func (d *Desk) ThroughFinish() int { return d.throughFinish(func() { d.mu.Unlock() }) }

// A shift calls what it keeps before it counts.
type shift struct {
	d    *Desk
	done func()
}

func (s *shift) end() int {
	s.done()
	return s.d.count()
}

// Fine: what the new shift keeps unlocks.
func (d *Desk) shift(done func()) int {
	d.mu.Lock()
	s := &shift{d: d, done: done}
	return s.end()
}

func (d *Desk) Shift() int { return d.shift(d.mu.Unlock) }
