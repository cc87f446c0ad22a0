// Package analyzer defines an Analyzer that reports lock re-entry: a goroutine
// that holds a lock and, along a call path, locks it again.
//
// # Analyzer lockreentry
//
// lockreentry: report locks that a goroutine locks again while it holds them
//
// The locks of package sync are not re-entrant: a goroutine that locks a
// mutex which it already holds waits for itself. The second lock is rarely in
// sight of the first one. It hides in a method that is called in between,
// often behind another name of the same object:
//
//	func (c *Cache) Put(key string) {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		c.items[key] = c.Len() // c.mu is read-locked while write-locked: locked at cache.go:17, then Cache.Len → c.mu.RLock at cache.go:11
//	}
//
// A finding claims that on a path that can be taken one goroutine holds this
// very lock and locks it again, and it names the path. It is reported at the
// call that is made under the lock. The analyzer is silent where it does not
// know. Where two different paths, such as px.mu and l.bind.frontend.mu, lead
// to one lock, the message also says why they do.
//
// Summaries of functions are facts, so the analysis crosses packages. Each
// finding has one of the codes below as its category.
//
// # relock
//
// Lock is called while the goroutine holds the lock. It blocks until the lock
// is released, and the goroutine that would release it is the one that blocks:
// a deadlock, every time. Because other goroutines go on, the run-time system
// does not notice, and whoever needs the lock next hangs as well.
//
//	func (q *Queue) Push(v int) {
//		q.mu.Lock()
//		defer q.mu.Unlock()
//		q.items = append(q.items, v)
//		q.wake() // q.mu is locked again while held: …, then Queue.wake → q.mu.Lock
//	}
//
//	func (q *Queue) wake() {
//		q.mu.Lock()
//		defer q.mu.Unlock()
//		…
//	}
//
// To fix it, call wake before locking or after unlocking, or split it: wake
// locks and calls wakeLocked, and whoever holds the lock calls wakeLocked.
// If the message says that the lock is still held when a function returns,
// that return lacks an Unlock. If it returns an error, three of the calls that
// meet the lock are reported; the first report lists the others.
//
// # upgrade
//
// Lock is called while the goroutine holds the read lock of the RWMutex.
// Lock waits until all readers are gone, and the goroutine itself is one of
// them: a deadlock, every time. Package sync says that "a RWMutex.RLock cannot
// be upgraded into a RWMutex.Lock".
//
//	func (c *Cache) Get(key string) int {
//		c.mu.RLock()
//		defer c.mu.RUnlock()
//		if v, ok := c.items[key]; ok {
//			return v
//		}
//		return c.load(key) // c.mu is write-locked while read-locked: …, then Cache.load → c.mu.Lock
//	}
//
// To fix it, release the read lock first and, under the write lock, look
// again: another goroutine may have been faster. Or take the write lock
// from the start.
//
// # downgrade
//
// RLock is called while the goroutine holds the write lock of the RWMutex.
// RLock waits until the writer is gone, and the goroutine itself is the
// writer: a deadlock, every time. Package sync says of a RWMutex that neither
// can "a RWMutex.Lock be downgraded into a RWMutex.RLock".
//
//	func (c *Cache) Put(key string) {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		c.items[key] = c.Len() // c.mu is read-locked while write-locked: …, then Cache.Len → c.mu.RLock
//	}
//
// To fix it, use what the getter reads: len(c.items), or a lenLocked that
// the getter calls, too. The write lock allows to read.
//
// # recursive-rlock
//
// RLock is called while the goroutine holds the read lock of the RWMutex.
// It works as long as no writer comes in between, so tests pass. But when
// another goroutine calls Lock after the first RLock and before the second
// one, then that writer waits for the first read lock, and the second RLock
// waits for the writer, because a waiting writer keeps new readers out:
//
//	reader                      writer
//	mu.RLock()
//	                            mu.Lock()  // waits for the reader to RUnlock
//	mu.RLock()                             // waits for the writer to Unlock
//
// Package sync says: "If any goroutine calls RWMutex.Lock while the lock is
// already held by one or more readers, concurrent calls to RWMutex.RLock will
// block until the writer has acquired (and released) the lock, to ensure that
// the lock eventually becomes available to the writer. Note that this
// prohibits recursive read-locking."
//
//	func (c *Cache) Full() bool {
//		c.mu.RLock()
//		defer c.mu.RUnlock()
//		return c.Len() >= c.max // c.mu is read-locked again while read-locked: …, then Cache.Len → c.mu.RLock
//	}
//
// To fix it, call Len before locking, or split it into Len, which locks, and
// lenLocked, which does not.
//
// # once
//
// Do is called on a sync.Once inside the function that this Once runs. Package
// sync says: "Because no call to Do returns until the one call to f returns, if
// f causes Do to be called, it will deadlock."
//
//	var once sync.Once
//
//	func config() *Config {
//		once.Do(load) // once is called inside its own function: …, then load → config → once.Do
//		return current
//	}
//
//	func load() {
//		current = parse(config().Path)
//	}
//
// To fix it, have the function use what it has made so far and not the getter
// that waits for it.
//
// # unused-ignore
//
// An ignore directive suppresses nothing. The finding that it was written for
// is gone, has another code, or is on another line, and the directive would
// hide the next one that comes up there.
//
//	return c.max //lockreentry:ignore downgrade Len is called on a copy
//
// To fix it, remove the directive or the code that does not occur.
//
// # missing-reason
//
// An ignore directive does not say why. It suppresses the finding all the
// same, but whoever reads the code next can not tell a false alarm from a bug
// that was put off.
//
//	c.items[key] = c.Len() //lockreentry:ignore downgrade
//
// To fix it, write the reason after the code.
//
// # Suppressing findings
//
// A directive
//
//	//lockreentry:ignore CODE REASON
//
// suppresses the findings of a code, or of several separated by commas. It
// stands at the end of a line, or alone on the lines above it. That line is the
// one of the report, of the first acquisition, or of the second acquisition if
// that is in the same package. Directives are checked: see unused-ignore and
// missing-reason, which can themselves be switched off, but not ignored.
//
// # Limitations
//
// The analyzer follows static calls, closures, function values and interface
// methods as far as their values flow inside a package. It does not
// follow reflection, unsafe, assembly and cgo. Every set that it keeps has a
// bound; past a bound it is silent, and the flag -debug says where.
package analyzer

import (
	_ "embed"

	"github.com/lockreentry/lockreentry/internal/codedoc"
)

//go:embed doc.go
var source string

// Doc is the documentation of the analyzer: a line that sums it up, and a
// section for each code, whose heading is the code.
var Doc = codedoc.MustExtract(source, "lockreentry")
