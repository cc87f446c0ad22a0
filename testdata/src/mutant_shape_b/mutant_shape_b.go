// Package mutant_shape_b takes the lock of the listener first, and that of the proxy in resumeListener: one finding.
package mutant_shape_b

import (
	"strconv"
	"sync"
	"sync/atomic"

	"mutant_shape_b/mtlist"
)

const (
	ready = iota
	full
	limited
)

// A Proxy is a frontend.
type Proxy struct {
	mu            sync.RWMutex
	name          string
	maxconn       atomic.Int64
	feconn        atomic.Int64
	listenerQueue mtlist.List[*Listener]
	listeners     []*Listener
}

// A BindConf is a bind line of a frontend.
type BindConf struct {
	frontend *Proxy
	maxconn  int64
}

// A Listener accepts connections for its bind line.
type Listener struct {
	mu     sync.RWMutex
	state  atomic.Int32
	nbconn atomic.Int64
	bind   *BindConf
}

var (
	proxies             []*Proxy
	globalListenerQueue mtlist.List[*Listener]
	globalMaxconn       atomic.Int64
	actconn             atomic.Int64
	keywords            = map[string]func([]string) string{
		"set maxconn frontend": setMaxconnFrontend,
	}
)

func dispatch(keyword string, args []string) string {
	if h := keywords[keyword]; h != nil {
		return h(args)
	}
	return "unknown command"
}

func findFrontend(name string) *Proxy {
	for _, px := range proxies {
		if px.name == name {
			return px
		}
	}
	return nil
}

func newProxy(name string) *Proxy {
	px := &Proxy{name: name}
	proxies = append(proxies, px)
	return px
}

func newListener(px *Proxy, maxconn int64) *Listener {
	b := &BindConf{frontend: px, maxconn: maxconn}
	l := &Listener{bind: b}
	px.listeners = append(px.listeners, l)
	return l
}

func limitListener(l *Listener, q *mtlist.List[*Listener]) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state.Load() == ready && q.TryAppend(l) {
		l.state.Store(limited)
	}
}

// resumeListener takes the locks that its caller does not hold.
func resumeListener(l *Listener, lpx, lli bool) bool {
	px := l.bind.frontend
	if !lpx && px != nil {
		px.mu.Lock()
		defer px.mu.Unlock()
	}
	if !lli {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	if l.bind.maxconn > 0 && l.nbconn.Load() >= l.bind.maxconn {
		l.state.Store(full)
		return false
	}
	l.state.Store(ready)
	return true
}

// relaxListener takes the locks that its caller does not hold, and resumes l.
func relaxListener(l *Listener, lpx, lli bool) {
	if !lli {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	if l.state.Load() != ready {
		resumeListener(l, lpx, true)
	}
}

// dequeueProxyListeners relaxes what waits for px.
func dequeueProxyListeners(px *Proxy) {
	for {
		l, ok := px.listenerQueue.Pop()
		if !ok {
			return
		}
		relaxListener(l, false, false)
	}
}

func dequeueAllListeners() {
	for {
		l, ok := globalListenerQueue.Pop()
		if !ok {
			return
		}
		relaxListener(l, false, false)
	}
}

func listenerAccept(l *Listener, serve func()) {
	p := l.bind.frontend
	if p.feconn.Load() >= p.maxconn.Load() {
		limitListener(l, &p.listenerQueue)
		return
	}
	if actconn.Load() >= globalMaxconn.Load() {
		limitListener(l, &globalListenerQueue)
		return
	}
	p.feconn.Add(1)
	if n := l.nbconn.Add(1); l.bind.maxconn > 0 && n >= l.bind.maxconn {
		l.state.Store(full)
	}
	go serve()
	if !p.listenerQueue.Empty() {
		// Fine: nothing is held at the end of accept.
		dequeueProxyListeners(p)
	}
}

func listenerRelease(l *Listener) {
	p := l.bind.frontend
	p.feconn.Add(-1)
	l.nbconn.Add(-1)
	// Fine: nothing is held when a connection ends.
	dequeueAllListeners()
	dequeueProxyListeners(p)
}

// manageProxy is run by a timer.
func manageProxy(p *Proxy) {
	if p.feconn.Load() < p.maxconn.Load() {
		// Fine: the timer holds nothing.
		dequeueProxyListeners(p)
	}
}

func setMaxconnFrontend(args []string) string {
	px := findFrontend(args[0])
	if px == nil {
		return "no such frontend"
	}
	v, err := strconv.Atoi(args[1])
	if err != nil {
		return err.Error()
	}
	px.mu.Lock()
	defer px.mu.Unlock()
	px.maxconn.Store(int64(v))
	for _, l := range px.listeners {
		if l.state.Load() == full {
			// Fine: l is told that the proxy is locked.
			relaxListener(l, true, false)
		}
	}
	if px.maxconn.Load() > px.feconn.Load() {
		// Deadlocks: every queued listener has px as its frontend, and px is locked.
		dequeueProxyListeners(px) // want `\[relock\]`
	}
	return ""
}
