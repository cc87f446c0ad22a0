package importer_options

import "importer_options/bounded"

// A Gauge tells how much its cache has.
type Gauge struct {
	cache *bounded.Cache[string]
	other *bounded.Cache[int]
	n     int
}

// Deadlocks: the cache calls the function while it is locked.
func NewGauge() *Gauge {
	g := &Gauge{}
	g.cache = bounded.New(bounded.Max[string](3), bounded.OnDrop(func(string) { // want `\[relock\]`
		g.n = g.cache.Len()
	}))
	return g
}

// Fine: it calls it without the lock.
func NewAddGauge() *Gauge {
	g := &Gauge{}
	g.cache = bounded.New(bounded.Max[string](3), bounded.OnAdd(func(string) {
		g.n = g.cache.Len()
	}))
	return g
}

// Fine: the function asks another cache.
func NewOtherGauge() *Gauge {
	g := &Gauge{other: bounded.New[int]()}
	g.cache = bounded.New(bounded.OnDrop(func(string) {
		g.n = g.other.Len()
	}))
	return g
}
