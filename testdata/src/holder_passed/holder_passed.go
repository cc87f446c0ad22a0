// Package holder_passed passes down which owner's lock is held: what is called with
// an element of that owner compares it with the owner that the element leads back to.
package holder_passed

import "sync"

type owner struct {
	mu    sync.Mutex
	used  int
	items []*item
}

type item struct{ owner *owner }

type token struct{ owner *owner }

func (o *owner) add() { o.items = append(o.items, &item{owner: o}) }

func (i *item) drop(held *owner) {
	if o := i.owner; o != held {
		o.mu.Lock()
		defer o.mu.Unlock()
	}
	i.owner.used--
}

func (o *owner) drop(held *owner) {
	for len(o.items) > 0 {
		i := o.items[0]
		o.items = o.items[1:]
		i.drop(held)
	}
}

func (o *owner) Reset() {
	o.drop(nil)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.drop(o)   // Fine: the item's owner is the one that is held.
	o.drop(nil) // want `\[relock\]`
}

func (i *item) dropBy(t *token) {
	if t == nil || t.owner != i.owner {
		i.owner.mu.Lock()
		defer i.owner.mu.Unlock()
	}
	i.owner.used--
}

func (o *owner) dropBy(t *token) {
	for _, i := range o.items {
		i.dropBy(t)
	}
}

func (o *owner) ResetBy() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.dropBy(&token{o}) // Fine.
	o.dropBy(nil)       // want `\[relock\]`
}

func (i *item) dropIn(held map[*owner]bool) {
	if !held[i.owner] {
		i.owner.mu.Lock()
		defer i.owner.mu.Unlock()
	}
	i.owner.used--
}

func (o *owner) dropIn(held map[*owner]bool) {
	for _, i := range o.items {
		i.dropIn(held)
	}
}

func (o *owner) ResetIn() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.dropIn(map[*owner]bool{o: true}) // Fine.
	o.dropIn(nil)                      // want `\[relock\]`
}
