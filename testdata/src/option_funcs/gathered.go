package option_funcs

import "sync"

// Options are gathered by a constructor, which callers' options are passed on to.

type vault struct {
	mu sync.Mutex
	n  int
}

type vaultOptions struct {
	locked bool
	n      int
}

type vaultOption func(*vaultOptions)

func vaultLocked() vaultOption     { return func(o *vaultOptions) { o.locked = true } }
func vaultCount(n int) vaultOption { return func(o *vaultOptions) { o.n = n } }

func gather(options ...vaultOption) vaultOptions {
	o := vaultOptions{n: 1}
	for _, set := range options {
		set(&o)
	}
	return o
}

func gatherNew(options ...vaultOption) *vaultOptions {
	o := &vaultOptions{n: 1}
	for _, set := range options {
		set(o)
	}
	return o
}

func (v *vault) put(options ...vaultOption) {
	o := gather(options...)
	if !o.locked {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	v.n += o.n
}

func (v *vault) putNew(options ...vaultOption) {
	o := gatherNew(options...)
	if !o.locked {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	v.n += o.n
}

func (v *vault) putAll(options ...vaultOption) {
	v.put(options...)
	v.putNew(append(options, vaultCount(2))...)
}

// Fine: an option says that it is locked.
func (v *vault) Fill() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.put(vaultLocked())
	v.putNew(vaultCount(3), vaultLocked())
	v.putAll(vaultLocked())
}

func (v *vault) set(options ...vaultOption) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.n = gather(options...).n
}

// Deadlocks: it locks whatever the options are.
func (v *vault) Spill() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.set(vaultLocked()) // want `\[relock\]`
}
