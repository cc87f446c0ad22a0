package options_struct

import "sync"

// Options are set one by one by methods that return them.

type meter struct {
	mu sync.Mutex
	n  int
}

type meterOptions struct {
	locked bool
	n      int
}

func meterDefaults() *meterOptions { return &meterOptions{n: 1} }

func (o *meterOptions) Locked() *meterOptions { o.locked = true; return o }

func (o *meterOptions) Free() *meterOptions { o.locked = false; return o }

func (o *meterOptions) Count(n int) *meterOptions { o.n = n; return o }

func (m *meter) add(o *meterOptions) {
	if !o.locked {
		m.mu.Lock()
		defer m.mu.Unlock()
	}
	m.n += o.n
}

func (m *meter) addChained() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.add(meterDefaults().Locked().Count(2))
	m.add(meterDefaults().Count(2).Locked())
	m.add(meterDefaults().Locked().Count(2).Free()) // want `\[relock\]`
	m.add(meterDefaults().Count(2))                 // want `\[relock\]`
}
