package locked_result

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
)

// A Book is locked by those who open it without an error.
type Book struct {
	mu    sync.Mutex
	pages int
}

var errClosed = errors.New("closed")

// A PageError is an error of one page.
type PageError struct{ page int }

func (*PageError) Error() string { return "page" }

func (b *Book) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pages
}

// open leaves the book locked, unless it returns an error.
func (b *Book) open(page int) error {
	b.mu.Lock()
	if page > b.pages {
		b.mu.Unlock()
		return errClosed
	}
	return nil
}

// begin leaves the book locked and returns what unlocks it, or an error.
func (b *Book) begin() (func(), error) {
	b.mu.Lock()
	if b.pages > 3 {
		b.mu.Unlock()
		return nil, errClosed
	}
	return b.mu.Unlock, nil
}

func closed(err error) bool { return errors.Is(err, errClosed) }

func fatal(err error) bool { return err != nil && strings.Contains(err.Error(), "fatal") }

// Fine: nil is no error that errors.Is finds, so the book is not locked there.
func (b *Book) Read(page int) int {
	err := b.open(page)
	if errors.Is(err, errClosed) {
		return b.count()
	}
	b.mu.Unlock()
	return 0
}

// Deadlocks: an error that is not errClosed may be none.
func (b *Book) ReadOpen(page int) int {
	err := b.open(page)
	if !errors.Is(err, errClosed) {
		return b.count() // want `\[relock\]`
	}
	return 0
}

// Deadlocks: errors.Is finds nil in nil.
func (b *Book) ReadNil(page int) int {
	if err := b.open(page); errors.Is(err, nil) {
		return b.count() // want `\[relock\]`
	}
	return 0
}

// Fine: errors.As finds nothing in nil.
func (b *Book) Page(page int) int {
	err := b.open(page)
	var p *PageError
	if errors.As(err, &p) {
		return b.count()
	}
	b.mu.Unlock()
	return 0
}

// Fine: there is no file that does not exist without an error.
func (b *Book) Exists(page int) int {
	err := b.open(page)
	if os.IsNotExist(err) {
		return b.count()
	}
	b.mu.Unlock()
	return 0
}

// Fine: compared with an error, which is not nil.
func (b *Book) Compare(page int) int {
	err := b.open(page)
	if err == errClosed || err == context.Canceled {
		return b.count()
	}
	b.mu.Unlock()
	return 0
}

// Fine: the function says what errors.Is does.
func (b *Book) Helper(page int) int {
	err := b.open(page)
	if closed(err) {
		return b.count()
	}
	b.mu.Unlock()
	return 0
}

// Fine: what the function says of nil is not understood.
func (b *Book) Fatal(page int) int {
	err := b.open(page)
	if fatal(err) {
		return b.count()
	}
	b.mu.Unlock()
	return 0
}

// Deadlocks: no function stands between the error and its test.
func (b *Book) Plain(page int) int {
	err := b.open(page)
	if page > 5 || err == nil {
		return b.count() // want `\[relock\]`
	}
	return 0
}

// Fine: an error comes without the lock.
func (b *Book) Begin() (int, error) {
	end, err := b.begin()
	switch {
	case errors.Is(err, errClosed):
		return b.count(), err
	case err != nil:
		return 0, err
	}
	defer end()
	return b.pages, nil
}

// Deadlocks: the book is locked until the function returns.
func (b *Book) BeginCount() (int, error) {
	end, err := b.begin()
	if errors.Is(err, errClosed) {
		return 0, err
	}
	if err != nil {
		return 0, err
	}
	defer end()
	return b.count(), nil // want `\[relock\]`
}

// check returns an error that is made somewhere else, or none.
func check(page int) error {
	if page < 0 {
		return errClosed
	}
	return nil
}

// Deadlocks: an outcome without an error is left.
func (b *Book) Checked(page int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := check(page); err != nil {
		return 0
	}
	return b.count() // want `\[relock\]`
}
