package taken_out

import "sync"

// A page is the last one of its book, until there is another one.
type page struct {
	mu   sync.Mutex
	book *book
}

// A book has pages by what they are for, of which only the last one is known.
type book struct{ pages map[string]*page }

func newBook() *book { return &book{pages: map[string]*page{}} }

func (b *book) turn() *page {
	p := &page{book: b}
	b.pages["last"] = p
	return p
}

func (b *book) read() {
	for _, p := range b.pages {
		p.mu.Lock()
		p.mu.Unlock()
	}
}

// Fine: the new page has replaced this one.
func (p *page) next() {
	p.book.turn()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.book.read()
}

// A sheet is in its file by its number.
type sheet struct {
	mu   sync.Mutex
	file *file
}

type file struct{ sheets map[int]*sheet }

func newFile() *file { return &file{sheets: map[int]*sheet{}} }

func (f *file) add(n int) *sheet {
	s := &sheet{file: f}
	f.sheets[n] = s
	return s
}

func (f *file) read() {
	for _, s := range f.sheets {
		s.mu.Lock()
		s.mu.Unlock()
	}
}

// Deadlocks: the sheet is in the file, too.
func (s *sheet) next(n int) {
	s.file.add(n)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.file.read() // want `\[relock\]`
}
