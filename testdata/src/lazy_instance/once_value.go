package lazy_instance

import (
	"errors"
	"sync"
)

var (
	common = sync.OnceValue(func() *Registry { return &Registry{} })
	loaded = sync.OnceValues(func() (*Registry, error) {
		if lazy == nil {
			return nil, errors.New("not yet")
		}
		return &Registry{}, nil
	})
	another = sync.OnceValue(func() *Registry { return &Registry{} })
	newOne  = func() *Registry { return &Registry{} }
	swapped = sync.OnceValue(func() *Registry { return &Registry{} })
)

func swap() { swapped = sync.OnceValue(func() *Registry { return &Registry{} }) }

// Deadlocks: a OnceValue returns the same registry each time.
func addShared(s string) {
	r := common()
	r.mu.Lock()
	defer r.mu.Unlock()
	common().add(s) // want `\[relock\]`
}

// Deadlocks: the same, in another function.
func addSharedBelow(s string) {
	common().mu.Lock()
	defer common().mu.Unlock()
	addToShared(s) // want `\[relock\]`
}

func addToShared(s string) { common().add(s) }

// Deadlocks: the first of the results is the same each time.
func addLoaded(s string) error {
	r, err := loaded()
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	again, _ := loaded()
	again.add(s) // want `\[relock\]`
	return nil
}

// Fine: two functions, two registries.
func addAnother(s string) {
	r := common()
	r.mu.Lock()
	defer r.mu.Unlock()
	another().add(s)
}

// Fine: this function makes a registry each time.
func addFresh(s string) {
	r := newOne()
	r.mu.Lock()
	defer r.mu.Unlock()
	newOne().add(s)
}

// Fine: the variable may have another function by then.
func addSwapped(s string) {
	r := swapped()
	r.mu.Lock()
	defer r.mu.Unlock()
	swap()
	swapped().add(s)
}

// Fine: unlocked before.
func addAfter(s string) {
	r := common()
	r.mu.Lock()
	r.mu.Unlock()
	common().add(s)
}
