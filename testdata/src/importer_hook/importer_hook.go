// Package importer_hook holds cases of hooks that an importer sets by methods without a lock, by constructors, and in fields.
package importer_hook

import (
	"fmt"

	"importer_hook/store"
)

type disk struct{ s *store.Store }

// Save asks the store.
func (d *disk) Save(int) { fmt.Println(d.s.Len()) }

type null struct{}

// Save does nothing.
func (null) Save(int) {}

// Deadlocks: Put calls Save under the lock that Len takes; SetDisk takes none.
func Install(s *store.Store) {
	s.SetDisk(&disk{s}) // want `\[relock\]`
}

// Fine: the disk asks another store.
func Mirror(s, to *store.Store) {
	s.SetDisk(&disk{to})
}

// Fine: Save of null takes no lock.
func Drop(s *store.Store) {
	s.SetDisk(null{})
}

// Fine: a disk that is in no store.
func Unused(s *store.Store) store.Disk {
	return &disk{s}
}

// Deadlocks: the hook is called under the lock that Len takes.
func Hook(s *store.Store) {
	s.Hook(func() { fmt.Println(s.Len()) }) // want `\[relock\]`
}

// Fine: the hook does not ask.
func Count(s *store.Store, n *int) {
	s.Hook(func() { *n++ })
}

// Fine: the hook asks in a goroutine of its own.
func Async(s *store.Store) {
	s.Hook(func() { go s.Len() })
}

// Fine: After is called without the lock.
func After(s *store.Store) {
	s.After(func() { fmt.Println(s.Len()) })
}

// Fine: Now keeps nothing.
func Now(s *store.Store) {
	s.Now(func() { fmt.Println(s.Len()) })
}

// Deadlocks: the hook is passed the store that calls it.
func Owned(s *store.Store) {
	s.Owned(func(s *store.Store) { fmt.Println(s.Len()) }) // want `\[relock\]`
}

// Fine: the hook asks another store than the one that it is passed.
func OwnedByOther(s, o *store.Store) {
	s.Owned(func(*store.Store) { fmt.Println(o.Len()) })
}

type watcher struct{ seen int }

// Changed asks the store.
func (w *watcher) Changed(s *store.Store) { w.seen = s.Len() }

type bell struct{}

// Changed asks the store.
func (bell) Changed(s *store.Store) { fmt.Println(s.Len()) }

type quiet struct{ last *store.Store }

// Changed takes no lock.
func (q *quiet) Changed(s *store.Store) { q.last = s }

// Deadlocks: Changed is called with the store, under its lock.
func Watch(s *store.Store) {
	s.Watch(&watcher{}) // want `\[relock\]`
}

// Deadlocks: the watcher has no fields, but a method all the same.
func Ring() {
	s := &store.Store{}
	s.Watch(bell{}) // want `\[relock\]`
	s.Put()
}

// Fine: Changed of quiet takes no lock.
func Quiet(s *store.Store) {
	s.Watch(&quiet{})
}

// Deadlocks: an exported field, in a composite literal.
func Literal() *store.Store {
	return &store.Store{On: func(s *store.Store) { fmt.Println(s.Len()) }} // want `\[relock\]`
}

// Deadlocks: an exported field, by an assignment.
func Assign(s *store.Store) {
	s.On = func(*store.Store) { fmt.Println(s.Len()) } // want `\[relock\]`
}

// Fine: the field that is called without the lock.
func AssignLater(s *store.Store) {
	s.Later = func() { fmt.Println(s.Len()) }
}

// Fine: the hook of one store asks another.
func AssignOther(s, o *store.Store) {
	s.On = func(*store.Store) { fmt.Println(o.Len()) }
}

// Deadlocks: an entry of an exported map.
func Entry(s *store.Store) {
	s.Named["put"] = func() { fmt.Println(s.Len()) } // want `\[relock\]`
}

// Deadlocks: the hook is an argument of the constructor, and knows what that returns.
func Make() *store.Store {
	var s *store.Store
	s = store.New(func() { fmt.Println(s.Len()) }) // want `\[relock\]`
	return s
}

// Fine: the hook of one new store asks the other.
func Pair() (*store.Store, *store.Store) {
	one := store.New(func() {})
	two := store.New(func() { fmt.Println(one.Len()) })
	return one, two
}

type server struct {
	store *store.Store
	other *store.Store
}

func (v *server) full()   { fmt.Println(v.store.Len()) }
func (v *server) others() { fmt.Println(v.other.Len()) }

// Deadlocks: a method value in a struct of options that is passed by value.
func (v *server) Start() (err error) {
	v.store, err = store.Open(store.Options{OnFull: v.full}) // want `\[relock\]`
	return err
}

// Fine: OnEmpty is called without the lock.
func (v *server) StartEmpty() (err error) {
	v.store, err = store.Open(store.Options{OnEmpty: v.full})
	return err
}

// Fine: the method asks the other store.
func (v *server) StartOther() (err error) {
	v.store, err = store.Open(store.Options{OnFull: v.others})
	return err
}

// Deadlocks: options behind a pointer.
func (v *server) Limit() error {
	s, err := store.Open(store.Options{Limits: &store.Limits{OnLimit: func() { v.full() }}}) // want `\[relock\]`
	if err != nil {
		return err
	}
	v.store = s
	return nil
}
