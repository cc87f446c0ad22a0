// Package lb is a small TCP proxy: frontends with listeners accept connections
// and relay them to backends, within limits per listener, per frontend and for
// the whole process, all of which an administrator can change at run time.
//
// # Locks
//
// The order is Proxy.mu, protoMu, Listener.mu. A function that takes a lock
// which its caller may hold already has a parameter that says whether the
// caller does: lpx for the lock of the listener's proxy, lpr for protoMu, lli
// for the lock of the listener. The locks of mtlist, freq and sched are leaves.
// Whatever is read without a lock is atomic.
package lb

import (
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lockreentry/lockreentry/reference/internal/freq"
	"github.com/lockreentry/lockreentry/reference/internal/mtlist"
	"github.com/lockreentry/lockreentry/reference/internal/sched"
)

// state is where a listener is in its life. The order matters: from
// stateAssigned on it belongs to the proxy, from stateListen on it has a
// socket, from stateReady on it is in service.
type state int32

const (
	stateNew      state = iota // just made
	stateInit                  // stopped, for good
	stateAssigned              // part of the proxy, without a socket
	statePaused                // has a socket, accepts nothing, by order
	stateListen                // has a socket, not yet enabled
	stateReady                 // accepts
	stateFull                  // reached its own limit
	stateLimited               // waits in a queue for a limit of the proxy or the process
)

var stateNames = [...]string{"NEW", "INIT", "ASSIGNED", "PAUSED", "LISTEN", "READY", "FULL", "LIMITED"}

func (s state) String() string { return stateNames[s] }

// Flags of Proxy.flags.
const (
	flagPaused  uint32 = 1 << iota // none of its listeners is in service, by order
	flagStopped                    // shut down for good
)

// Flags of Listener.flags.
const flagSuspended uint16 = 1 // was suspended and not resumed since

// Options of a BindConf.
const (
	optUnlimited uint = 1 << iota // its connections do not count for the process
	optNoStop                     // survives until the process ends
)

// Proxy is a frontend together with the backends that it relays to.
type Proxy struct {
	mu   sync.RWMutex
	name string

	flags     atomic.Uint32
	maxconn   atomic.Int64 // limit of feconn
	feconn    atomic.Int64 // current connections
	feSpsLim  atomic.Int64 // limit of connections per second, 0: none
	sps       freq.Counter // connections per second
	task      *sched.Task  // manageProxy
	lastError *capture     // guarded by mu

	listeners     []*Listener // fixed once the process has started
	listenerQueue mtlist.List[*Listener]

	// How many listeners are in which state; see setState.
	liAll, liPaused, liBound, liReady atomic.Int32
	liSuspended                       int // guarded by mu

	backends []string
	next     atomic.Uint64 // round robin over backends
	stats    counters
}

// counters only ever grow.
type counters struct {
	conns, bytesIn, bytesOut, errors atomic.Int64
}

// capture is the last thing that went wrong for a proxy.
type capture struct {
	when time.Time
	text string
}

// BindConf is what the listeners of one bind line have in common.
type BindConf struct {
	frontend *Proxy       // nil for the admin socket
	maxconn  atomic.Int64 // limit of connections per listener, 0: none
	options  uint
	accept   func(*Listener, net.Conn) error // takes over an accepted connection
}

// Listener is one address on which connections are accepted.
type Listener struct {
	mu    sync.RWMutex
	state atomic.Int32 // a state; changed under mu, see setState
	flags uint16       // guarded by mu

	bind  *BindConf
	proto Protocol
	addr  string // as configured

	ln    net.Listener           // guarded by mu; nil without a socket
	gate  *gate                  // guarded by mu; nil without a socket
	bound atomic.Pointer[string] // address of the socket

	nbconn    atomic.Int64 // current connections
	parked    atomic.Int32 // accepted connections that wait at the gate, 0 or 1
	waitQueue mtlist.Elem[*Listener]
}

// newBindConf makes the configuration that listeners of px share.
func newBindConf(px *Proxy, maxconn int64, options uint, accept func(*Listener, net.Conn) error) *BindConf {
	b := &BindConf{frontend: px, options: options, accept: accept}
	b.maxconn.Store(maxconn)
	return b
}

// newListener makes a listener of the given bind line, known to its protocol
// and to its proxy but without a socket.
func newListener(bind *BindConf, addr string) *Listener {
	f, addr := familyOf(addr)
	l := &Listener{bind: bind, proto: f.proto, addr: addr}
	l.bound.Store(&addr)

	protoMu.Lock()
	f.listeners = append(f.listeners, l)
	protoMu.Unlock()

	l.state.Store(int32(stateAssigned))
	if px := bind.frontend; px != nil {
		px.listeners = append(px.listeners, l)
		px.liAll.Add(1)
	}
	return l
}

// is reports whether the listener is in the given state right now.
func (l *Listener) is(s state) bool {
	return state(l.state.Load()) == s
}

// isJob reports whether the process waits for the listener to stop before it
// ends, and not the other way round.
func (l *Listener) isJob() bool {
	return l.bind.options&optNoStop == 0
}

// newProxy makes a frontend without listeners.
func newProxy(name string, maxconn int64, backends []string) *Proxy {
	p := &Proxy{name: name, backends: backends}
	p.maxconn.Store(maxconn)
	p.task = sched.New(manageProxy, p)
	return p
}
