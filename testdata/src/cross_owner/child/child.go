// Package child has no locks; its types call their owners, which others implement.
package child

// An Owner is told when a child is done.
type Owner interface{ Done() }

// A Child has an owner for life.
type Child struct {
	o    Owner
	name string
}

// New makes a child.
func New(o Owner) *Child { return &Child{o: o} }

// Stop tells the owner.
func (c *Child) Stop() { c.o.Done() }

// Rename does not.
func (c *Child) Rename(n string) { c.name = n }

// A Ward can get another owner.
type Ward struct{ o Owner }

// NewWard makes a ward.
func NewWard(o Owner) *Ward { return &Ward{o: o} }

// Give gives the ward another owner.
func (w *Ward) Give(o Owner) { w.o = o }

// Stop tells the owner.
func (w *Ward) Stop() { w.o.Done() }

// A Stray may get another owner unseen.
type Stray struct{ o Owner }

var last Owner

// NewStray makes a stray.
func NewStray(o Owner) *Stray { return &Stray{o: o} }

// Leave leaves the owner to the next that joins.
func (s *Stray) Leave() { last = s.o }

// Join joins the owner that was left last.
func (s *Stray) Join() { s.o = last }

// Stop tells the owner.
func (s *Stray) Stop() { s.o.Done() }

// A Timer calls a function.
type Timer struct {
	done  func()
	reset func()
}

// NewTimer makes a timer.
func NewTimer(done, reset func()) *Timer { return &Timer{done: done, reset: reset} }

// Stop calls done.
func (t *Timer) Stop() { t.done() }

// Reset calls reset in a goroutine.
func (t *Timer) Reset() { go t.reset() }

// A Reg keeps values by name.
type Reg[T any] struct{ m map[string]T }

// NewReg makes a registry.
func NewReg[T any]() *Reg[T] { return &Reg[T]{m: map[string]T{}} }

// Put puts v.
func (r *Reg[T]) Put(k string, v T) { r.m[k] = v }

// Get returns a value.
func (r *Reg[T]) Get(k string) T { return r.m[k] }

// Clear takes all out.
func (r *Reg[T]) Clear() { r.m = map[string]T{} }

// Each calls f for each.
func (r *Reg[T]) Each(f func(T)) {
	for _, v := range r.m {
		f(v)
	}
}

// Merge puts what is in o into r.
func (r *Reg[T]) Merge(o *Reg[T]) {
	for k, v := range o.m {
		r.m[k] = v
	}
}
