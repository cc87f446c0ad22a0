package objects_made_here

import "sync"

// A Depot is looked at through short-lived objects.
type Depot struct {
	mu    sync.Mutex
	items int
	other *Depot
}

func (d *Depot) size() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.items
}

// A view wraps what it looks at.
type view struct{ of sizer }

type sizer interface{ size() int }

func (v *view) size() int { return v.of.size() }

// newView hides which type it makes.
func newView(of sizer) sizer { return &view{of} }

// empty has a size of its own.
type empty struct{}

func (empty) size() int { return 0 }

func newEmpty() sizer { return &empty{} }

type window struct{ d *Depot }

func (w *window) size() int { return w.d.size() }

// viaWindow makes the object that asks the depot.
func (d *Depot) viaWindow() int {
	w := &window{d: d}
	return w.size()
}

// Deadlocks: the object that the callee makes leads back to the depot.
func (d *Depot) Windowed() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.viaWindow() // want `\[relock\]`
}

// Deadlocks: newView returns a view of the depot, as an interface.
func (d *Depot) Viewed() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return newView(d).size() // want `\[relock\]`
}

// Fine: a view of another depot.
func (d *Depot) Beside() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return newView(d.other).size()
}

// Fine: what newEmpty returns looks at nothing.
func (d *Depot) Nothing() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return newEmpty().size()
}
