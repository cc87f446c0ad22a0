package same_condition

import "sync"

type valve struct {
	mu   sync.Mutex
	open bool
	mode int
	err  error
	n    int
}

func (v *valve) isOpen() bool {
	if v.open {
		return true
	}
	return false
}

func (v *valve) manual() bool {
	switch v.mode {
	case 2:
		return false
	default:
		return true
	}
}

func (v *valve) failed() (bool, error) {
	if v.err != nil {
		return true, v.err
	}
	return false, nil
}

func (v *valve) count() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.n++
}

// Fine: it is open, or it is not.
func (v *valve) Turn() {
	if v.isOpen() {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	if !v.open {
		v.count()
	}
}

// Deadlocks: it is open both times.
func (v *valve) TurnOpen() {
	if v.isOpen() {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	if v.open {
		v.count() // want `\[relock\]`
	}
}

// Fine: only a valve of mode 2 is not manual.
func (v *valve) Check() {
	if v.manual() {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	if v.mode == 2 {
		v.count()
	}
}

// Deadlocks: those of mode 3 are manual.
func (v *valve) CheckOther() {
	if v.manual() {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	if v.mode == 3 {
		v.count() // want `\[relock\]`
	}
}

// Fine: it has failed if it has an error.
func (v *valve) Reset() {
	if failed, _ := v.failed(); failed {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	if v.err == nil {
		v.count()
	}
}

// Deadlocks: here it has one.
func (v *valve) ResetFailed() {
	if failed, _ := v.failed(); failed {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	if v.err != nil {
		v.count() // want `\[relock\]`
	}
}
