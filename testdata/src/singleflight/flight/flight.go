// Package flight runs one call per key at a time.
package flight

import "sync"

type call struct {
	wg  sync.WaitGroup
	val any
	err error
}

// A Group is a group of calls.
type Group struct {
	mu sync.Mutex
	m  map[string]*call
}

// Do runs fn, without the lock of g, unless another goroutine runs it for key.
func (g *Group) Do(key string, fn func() (any, error)) (any, error) {
	g.mu.Lock()
	if g.m == nil {
		g.m = make(map[string]*call)
	}
	if c, ok := g.m[key]; ok {
		g.mu.Unlock()
		c.wg.Wait()
		return c.val, c.err
	}
	c := new(call)
	c.wg.Add(1)
	g.m[key] = c
	g.mu.Unlock()

	c.val, c.err = fn()
	c.wg.Done()

	g.mu.Lock()
	delete(g.m, key)
	g.mu.Unlock()
	return c.val, c.err
}

// DoChan runs fn in a goroutine of its own.
func (g *Group) DoChan(key string, fn func() (any, error)) <-chan any {
	ch := make(chan any, 1)
	go func() {
		v, _ := g.Do(key, fn)
		ch <- v
	}()
	return ch
}
