// Package traps holds what looks like a re-entry in the model of the proxy and is none, next to what is one.
package traps

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"traps/mtlist"
)

const (
	ready = iota
	full
	limited
	paused
)

// A Proxy is a frontend.
type Proxy struct {
	mu        sync.RWMutex
	name      string
	maxconn   atomic.Int64
	feconn    atomic.Int64
	queue     mtlist.List[*Listener]
	listeners []*Listener
	servers   []*Server
	next      *Proxy
	errs      *Capture
	cookie    string
}

// A Capture is an error that show errors prints.
type Capture struct{ text string }

// A Server is a server of a proxy.
type Server struct {
	mu    sync.Mutex
	proxy *Proxy
	key   string
}

// A BindConf is a bind line.
type BindConf struct{ frontend *Proxy }

// A Listener accepts connections.
type Listener struct {
	mu     sync.RWMutex
	state  atomic.Int32
	nbconn atomic.Int64
	bind   *BindConf
	proto  Protocol
}

// A Protocol enables and disables listeners.
type Protocol interface {
	Enable(l *Listener)
	Disable(l *Listener)
}

type tcp struct{ fds atomic.Int64 }

func (t *tcp) Enable(*Listener)  { t.fds.Add(1) }
func (t *tcp) Disable(*Listener) { t.fds.Add(-1) }

type unix struct{ path string }

func (u unix) Enable(l *Listener)  { l.state.Store(ready) }
func (u unix) Disable(l *Listener) { l.state.Store(paused) }

var (
	protoMu sync.Mutex
	first   *Proxy
	global  mtlist.List[*Listener]
)

func newListener(px *Proxy, path string) *Listener {
	l := &Listener{bind: &BindConf{frontend: px}, proto: &tcp{}}
	if path != "" {
		l.proto = unix{path}
	}
	px.listeners = append(px.listeners, l)
	return l
}

func limit(l *Listener, q *mtlist.List[*Listener]) {
	l.mu.Lock()
	if l.state.CompareAndSwap(ready, limited) {
		q.Append(l)
	}
	l.mu.Unlock()
}

func accept(l *Listener) {
	if l.nbconn.Add(1) > 100 {
		l.state.Store(full)
		return
	}
	p := l.bind.frontend
	if p.feconn.Load() >= p.maxconn.Load() {
		limit(l, &p.queue)
		return
	}
	limit(l, &global)
}

// resume locks and unlocks under the same flags; the protocol takes neither lock.
func resume(l *Listener, lpx, lli bool) bool {
	px := l.bind.frontend
	ok := true
	if !lpx && px != nil {
		px.mu.Lock()
	}
	if !lli {
		l.mu.Lock()
	}
	if l.state.Load() == paused {
		// Fine: no protocol takes the lock of the proxy or of the listener.
		l.proto.Enable(l)
	}
	if l.state.Load() == full {
		ok = false
		goto end
	}
	l.state.Store(ready)
end:
	if !lli {
		l.mu.Unlock()
	}
	if !lpx && px != nil {
		px.mu.Unlock()
	}
	return ok
}

// suspend is resume in the other direction, with deferred unlocks.
func suspend(l *Listener, lpx, lli bool) {
	if px := l.bind.frontend; !lpx && px != nil {
		px.mu.Lock()
		defer px.mu.Unlock()
	}
	if !lli {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	// Fine: see resume.
	l.proto.Disable(l)
}

// relax may hold the proxy, which it took itself, and tells resume so.
func relax(l *Listener, lpx, lli bool) {
	px := l.bind.frontend
	if !lpx && px != nil {
		px.mu.Lock()
		defer px.mu.Unlock()
	}
	if !lli {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	if l.state.Load() != ready {
		// Fine: both locks are held by now, or by the caller, and resume is told so.
		resume(l, true, true)
	}
}

// relaxWrong tells resume what its own caller has told it: deadlocks when it took the proxy itself.
func relaxWrong(l *Listener, lpx bool) {
	px := l.bind.frontend
	if !lpx {
		px.mu.Lock()
		defer px.mu.Unlock()
	}
	resume(l, lpx, false) // want `\[relock\]`
}

func dequeue(px *Proxy, lpx bool) {
	for l, ok := px.queue.Pop(); ok; l, ok = px.queue.Pop() {
		relax(l, lpx, false)
	}
}

func dequeueAll() {
	for l, ok := global.Pop(); ok; l, ok = global.Pop() {
		// Fine: whatever proxy l has, none is locked.
		relax(l, false, false)
	}
}

func setMaxconn(px *Proxy, v int64) {
	px.mu.Lock()
	defer px.mu.Unlock()
	px.maxconn.Store(v)
	for _, l := range px.listeners {
		if l.state.Load() == full {
			// Fine: the flag says that the proxy is locked.
			relax(l, true, false)
		}
	}
	// Fine: the flag says that the proxy is locked.
	dequeue(px, true)
}

// setMaxconnAll is setMaxconn with the flag of a proxy that is not locked.
func setMaxconnAll(px *Proxy, v int64) {
	px.mu.Lock()
	defer px.mu.Unlock()
	px.maxconn.Store(v)
	// Deadlocks: every listener in the queue of px has px as its frontend.
	dequeue(px, false) // want `\[relock\]`
}

func release(l *Listener) {
	l.bind.frontend.feconn.Add(-1)
	// Fine: no proxy is locked when a connection ends.
	dequeueAll()
	dequeue(l.bind.frontend, false)
}

func pauseProxy(px *Proxy) {
	px.mu.Lock()
	defer px.mu.Unlock()
	for _, l := range px.listeners {
		suspend(l, true, false)
	}
}

// resumeProxy pauses the proxy again when a listener fails.
func resumeProxy(px *Proxy) bool {
	fail := false
	px.mu.Lock()
	for _, l := range px.listeners {
		if !resume(l, true, false) {
			fail = true
			break
		}
	}
	px.mu.Unlock()
	if fail {
		// Fine: the proxy has been unlocked.
		pauseProxy(px)
	}
	return !fail
}

// resumeProxyHeld does so too early.
func resumeProxyHeld(px *Proxy) bool {
	px.mu.Lock()
	defer px.mu.Unlock()
	for _, l := range px.listeners {
		if !resume(l, true, false) {
			// Deadlocks: the proxy is locked until the end.
			pauseProxy(px) // want `\[relock\]`
			return false
		}
	}
	return true
}

// showErrors has a cursor that moves from proxy to proxy.
func showErrors(out *strings.Builder) {
	for cur := first; cur != nil; cur = cur.next {
		// Fine: the cursor is another proxy in each turn, and unlocked at the end of each.
		cur.mu.RLock()
		if cur.errs == nil {
			cur.mu.RUnlock()
			continue
		}
		fmt.Fprintln(out, cur.name, cur.errs.text)
		cur.mu.RUnlock()
	}
}

// capture swaps the error under the write lock and prints the old one without it.
func capture(px *Proxy, text string) {
	c := &Capture{text}
	px.mu.Lock()
	c, px.errs = px.errs, c
	px.mu.Unlock()
	var b strings.Builder
	// Fine: the proxy has been unlocked.
	showErrors(&b)
	if c != nil {
		fmt.Println(c.text, b.String())
	}
}

// rekey reads the cookie of the server's proxy.
func (s *Server) rekey() {
	s.proxy.mu.RLock()
	defer s.proxy.mu.RUnlock()
	s.mu.Lock()
	s.key = s.proxy.cookie
	s.mu.Unlock()
}

func (px *Proxy) addServer() {
	px.servers = append(px.servers, &Server{proxy: px})
}

// setCookie releases the proxy before the loop over its servers.
func setCookie(px *Proxy, cookie string) {
	px.mu.Lock()
	px.cookie = cookie
	px.mu.Unlock()
	for _, s := range px.servers {
		// Fine: the proxy has been unlocked.
		s.rekey()
	}
}

// setCookieHeld does not.
func setCookieHeld(px *Proxy, cookie string) {
	px.mu.Lock()
	defer px.mu.Unlock()
	px.cookie = cookie
	for _, s := range px.servers {
		// Deadlocks: the proxy of every server of px is px.
		s.rekey() // want `\[downgrade\]`
	}
}

// softStop locks one proxy after the other with the same code.
func softStop() {
	protoMu.Lock()
	defer protoMu.Unlock()
	for px := first; px != nil; px = px.next {
		// Fine: protoMu is another lock, and each turn has its own proxy.
		pauseProxy(px)
	}
}

// lockAll locks all proxies at once.
func lockAll() func() {
	var held []*Proxy
	for px := first; px != nil; px = px.next {
		// Fine: each turn has its own proxy.
		px.mu.Lock()
		held = append(held, px)
	}
	return func() {
		for _, px := range held {
			px.mu.Unlock()
		}
	}
}
