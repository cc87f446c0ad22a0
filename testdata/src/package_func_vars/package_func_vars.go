// Package package_func_vars holds cases of functions in package-level variables, of this package and of another.
package package_func_vars

import (
	"fmt"
	"log"
	"sync"

	"package_func_vars/hooks"
)

// A Node has a state.
type Node struct {
	mu    sync.RWMutex
	state string
}

var (
	logf    = log.Printf
	onState = func(n *Node, s string) {}
	format  = func(n *Node) string { return n.state }
	current *Node
	report  func() string
)

func init() {
	onState = func(n *Node, s string) { fmt.Println(n.State(), "to", s) }
	report = func() string { return current.State() }
	// Fine: Del calls the function without its lock.
	hooks.OnDel = func(n int) { fmt.Println("del", n, hooks.Count()) }
	// Deadlocks: Add calls the function under its lock, which Count takes.
	hooks.OnAdd = func(n int) { fmt.Println("add", n, hooks.Count()) } // want `\[relock\]`
}

// Use makes n the current node.
func Use(n *Node) { current = n }

// State returns the state.
func (n *Node) State() string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.state
}

// Deadlocks: the function that init has stored read-locks the node that it is given.
func (n *Node) Set(s string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	onState(n, s) // want `\[downgrade\]`
	n.state = s
}

// Fine: format and logf take no lock of n.
func (n *Node) Show() {
	n.mu.RLock()
	defer n.mu.RUnlock()
	logf("%s", format(n))
}

// Fine: unlocked before.
func (n *Node) Clear() {
	n.mu.Lock()
	n.state = ""
	n.mu.Unlock()
	onState(n, "")
}

// Fine: the function is called for another node.
func (n *Node) Follow(o *Node) {
	n.mu.Lock()
	defer n.mu.Unlock()
	onState(o, n.state)
}

// Deadlocks when a writer waits in between: current is locked, and the function asks current.
func Report() string {
	current.mu.RLock()
	defer current.mu.RUnlock()
	return current.state + report() // want `\[recursive-rlock\]`
}

// Fine: n is any node.
func (n *Node) ReportCurrent() string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.state + report()
}

// A watcher is stored in a variable of another package, and called there under the lock.
type watcher struct{ seen int }

func (w *watcher) Changed(n int) { w.seen = hooks.Count() + n }

// A counter takes no lock.
type counter int

// Changed counts.
func (c *counter) Changed(n int) { *c += counter(n) }

// Deadlocks: Notify calls the watcher under its lock, which Count takes.
func watch() {
	hooks.Watch = &watcher{} // want `\[relock\]`
}

// Fine: the counter does not ask.
func count() {
	hooks.Watch = new(counter)
}

// Deadlocks: Flush calls the function in the field of the options under its lock.
func flush() {
	hooks.Options.OnFlush = func() { fmt.Println(hooks.Count()) } // want `\[relock\]`
	hooks.Options.OnClose = func() { fmt.Println(hooks.Count()) }
}

// Fine: called under another lock.
func audit() {
	hooks.OnAudit = func(n int) { fmt.Println("audit", n, hooks.Count()) }
}
