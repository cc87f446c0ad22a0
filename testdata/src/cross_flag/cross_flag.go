// Package cross_flag makes objects of another package, whose constructors set flags.
package cross_flag

import "cross_flag/reg"

// Fine: an asynchronous registry does not lock.
func Async() {
	r := reg.New(true)
	r.Fire(func() { r.Len() })
}

// Fine: this one neither.
func AsyncToo() error {
	r, err := reg.NewAsync()
	if err != nil {
		return err
	}
	r.Fire(func() { r.Len() })
	return nil
}

// Deadlocks: the others do.
func Sync() {
	r := reg.New(false)
	r.Fire(func() { r.Len() }) // want `\[relock\]`
}

// Deadlocks: it may be one of them.
func Either(async bool) {
	r := reg.New(async)
	r.Fire(func() { r.Len() }) // want `\[relock\]`
}

// Deadlocks: it has a limit.
func Limited() {
	r := reg.New(true)
	r.FireAll(func() { r.Len() }) // want `\[relock\]`
}

// Fine: by default there is none.
func Default() {
	r := reg.NewDefault()
	r.FireAll(func() { r.Len() })
}

// Deadlocks: by default a registry is not asynchronous.
func DefaultSync() {
	r := reg.NewDefault()
	r.Fire(func() { r.Len() }) // want `\[relock\]`
}

// Fine: nothing is logged.
func Quiet() {
	r := reg.New(false)
	r.FireLogged(func() { r.Len() })
}

// Deadlocks: it is.
func Logged() {
	r := reg.New(false)
	r.Logging = true
	r.FireLogged(func() { r.Len() }) // want `\[relock\]`
}

type owner struct{ r *reg.Registry }

func newOwner() *owner { return &owner{r: reg.New(true)} }

// Deadlocks: who made the registry is not known.
func (o *owner) Use() {
	o.r.FireAll(func() { o.r.Len() }) // want `\[relock\]`
}
