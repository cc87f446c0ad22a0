package inverse_replaced

import "sync"

// A block is fetched by one of two fetchers, through the address of the field.
type block struct {
	mu    sync.Mutex
	fetch *fetcher
	spare *fetcher
}

type fetcher struct {
	mu sync.Mutex
	of *block
}

func newBlock() *block {
	b := &block{}
	b.fetch = &fetcher{of: b}
	b.spare = &fetcher{of: b}
	return b
}

// take puts the fetcher of another block into one of the fields.
func (b *block) take(f *fetcher, spare bool) {
	p := &b.fetch
	if spare {
		p = &b.spare
	}
	*p = f
}

func (b *block) read() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fetch.done() // Fine: it is not known which one this is.
}

func (f *fetcher) done() {
	f.of.mu.Lock()
	f.of.mu.Unlock()
}
