package inverse_list_places

import (
	"container/list"
	"sync"
)

// A Album has its photos in a list that a view of it shares.
type Album struct {
	mu     *sync.Mutex
	photos *list.List
	names  *sync.Map
}

// A Photo belongs to an album.
type Photo struct{ album *Album }

// NewAlbum makes an album.
func NewAlbum() *Album {
	return &Album{mu: new(sync.Mutex), photos: list.New(), names: new(sync.Map)}
}

// Add adds a photo.
func (b *Album) Add(name string) {
	l := &Photo{album: b}
	b.photos.PushBack(l)
	b.names.Store(name, l)
}

// View has a lock of its own, and the photos of b.
func (b *Album) View() *Album {
	return &Album{mu: new(sync.Mutex), photos: b.photos, names: b.names}
}

func (l *Photo) turn() {
	l.album.mu.Lock()
	l.album.mu.Unlock()
}

// Fine, as far as one can know: the album may be a view of that of the photos.
func (b *Album) TurnAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for e := b.photos.Front(); e != nil; e = e.Next() {
		e.Value.(*Photo).turn()
	}
}

// Fine: the same by name.
func (b *Album) Turn(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if l, ok := b.names.Load(name); ok {
		l.(*Photo).turn()
	}
}
