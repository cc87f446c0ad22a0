// Package once holds cases of sync.Once: Do inside its own function, and locks taken inside Do.
package once

import (
	"fmt"
	"sync"
)

// A Locale loads its table on first use.
type Locale struct {
	once  sync.Once
	other sync.Once
	mu    sync.Mutex
	table map[string]string
	conf  string
}

func (l *Locale) text(k string) string {
	l.once.Do(l.load) // want `\[once\]`
	return l.table[k]
}

// load is what the Once runs; it asks for a text, and so for the Once: deadlocks.
func (l *Locale) load() {
	l.table = map[string]string{"title": "t"}
	fmt.Println(l.text("title"))
}

// Deadlocks: Do directly inside Do.
func (l *Locale) Init() {
	l.once.Do(func() { l.once.Do(func() { l.table = nil }) }) // want `\[once\]`
}

// Fine: two Onces.
func (l *Locale) Setup() {
	l.once.Do(func() {
		l.other.Do(func() { l.conf = "default" })
		l.table = map[string]string{}
	})
}

// Deadlocks: the function takes the lock that is held around Do.
func (l *Locale) Get(k string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.other.Do(l.read) // want `\[relock\]`
	return l.table[k]
}

func (l *Locale) read() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conf = "read"
}

// Fine: the lock is taken only after Do.
func (l *Locale) Fetch(k string) string {
	l.other.Do(l.read)
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.table[k]
}

// A Lazy catalogue makes sure that it is ready in every method.
type Lazy struct {
	once sync.Once
	mu   sync.RWMutex
	rows []string
}

func (z *Lazy) ready() {
	z.once.Do(func() {
		z.mu.Lock()
		defer z.mu.Unlock()
		z.rows = []string{"header"}
	})
}

func (z *Lazy) row(i int) string {
	z.ready()
	return z.rows[i]
}

// Fine: ready has run to its end before the lock is taken, so Do inside row runs nothing.
func (z *Lazy) Row(i int) string {
	z.ready()
	z.mu.RLock()
	defer z.mu.RUnlock()
	return z.row(i)
}

// Deadlocks: nobody has made it ready, so ready locks under the lock.
func (z *Lazy) Last() string {
	z.mu.Lock()
	defer z.mu.Unlock()
	return z.row(len(z.rows) - 1) // want `\[relock\]`
}

var (
	setup  sync.Once
	detect sync.Once
	limits map[string]int
)

func limit(k string) int {
	setup.Do(fill) // want `\[once\]`
	return limits[k]
}

func fill() {
	limits = map[string]int{"files": 10}
	if limit("files") == 0 {
		limits = nil
	}
}

// Fine: detect and setup are two Onces.
func probe() {
	detect.Do(func() {
		limits = map[string]int{"cpus": 2}
	})
}

// A Ledger is opened once, and is locked when that has been done.
type Ledger struct {
	mu   sync.Mutex
	once sync.Once
	rows int
}

func (l *Ledger) open() { l.once.Do(func() { l.mu.Lock() }) }

// Fine: if the first call has locked, the second one does not.
func (l *Ledger) Restart() {
	l.open()
	l.mu.Unlock()
	l.open()
	l.mu.Lock()
	l.rows = 0
	l.mu.Unlock()
}

// Deadlocks: open may have locked.
func (l *Ledger) Count() int {
	l.open()
	l.mu.Lock() // want `\[relock\]`
	defer l.mu.Unlock()
	return l.rows
}

func (l *Ledger) each(ok bool, f func()) {
	if ok {
		f()
	}
	l.rows++
}

func (l *Ledger) start(ok bool) { l.each(ok, func() { l.mu.Lock() }) }

// Fine: start calls nothing.
func (l *Ledger) Skip() {
	l.start(false)
	l.mu.Lock()
	l.mu.Unlock()
}

// Deadlocks: start calls what locks.
func (l *Ledger) Begin() {
	l.start(true)
	l.mu.Lock() // want `\[relock\]`
	l.mu.Unlock()
}
