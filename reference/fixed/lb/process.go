package lb

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lockreentry/lockreentry/reference/internal/mtlist"
	"github.com/lockreentry/lockreentry/reference/internal/sched"
)

// Limits that apply when the configuration has none.
const (
	defaultMaxconn = 2000
	adminMaxconn   = 32
)

// The process. There is one, as a proxy owns its process.
var (
	proxies []*Proxy   // fixed once the process has started
	protoMu sync.Mutex // guards the listeners of protocols

	actconn       atomic.Int64 // current connections of all frontends
	globalMaxconn atomic.Int64 // limit of actconn

	// globalListenerQueue has the listeners that wait for room in the process.
	globalListenerQueue mtlist.List[*Listener]
	globalQueueMu       sync.RWMutex
	globalQueueTask     *sched.Task // guarded by globalQueueMu; manageGlobalListenerQueue

	// jobs is what must end before a soft stop is complete: accept loops,
	// connections, and the process itself until it is told to stop.
	jobs     atomic.Int64
	stopping atomic.Bool
	drained  = make(chan struct{})
	started  time.Time
)

// Config is what a process is started with.
type Config struct {
	Maxconn   int64  // limit of connections, 0: a default
	Admin     string // address of the admin socket, empty: none
	Frontends []Frontend
}

// Frontend is the configuration of one frontend.
type Frontend struct {
	Name     string
	Maxconn  int64 // limit of connections, 0: that of the process
	Binds    []Bind
	Backends []string // addresses, used in turn
}

// Bind is one address that a frontend listens on. An address is host:port or
// unix@path.
type Bind struct {
	Addr    string
	Maxconn int64 // limit of connections, 0: none
}

// Start opens all sockets and begins to serve. It is called once.
func Start(c Config) error {
	if err := c.check(); err != nil {
		return fmt.Errorf("configuration: %w", err)
	}
	started = time.Now()
	jobs.Store(1)
	globalMaxconn.Store(orDefault(c.Maxconn, defaultMaxconn))

	globalQueueMu.Lock()
	globalQueueTask = sched.New(manageGlobalListenerQueue, nil)
	globalQueueMu.Unlock()

	for _, f := range c.Frontends {
		p := newProxy(f.Name, orDefault(f.Maxconn, globalMaxconn.Load()), f.Backends)
		for _, b := range f.Binds {
			newListener(newBindConf(p, b.Maxconn, 0, sessionAccept), b.Addr)
		}
		proxies = append(proxies, p)
	}
	if c.Admin != "" {
		newListener(newBindConf(nil, adminMaxconn, optUnlimited|optNoStop, cliAccept), c.Admin)
	}

	if err := protocolBindAll(); err != nil {
		Close()
		return err
	}
	protocolEnableAll()
	return nil
}

// check reports the first thing that is wrong with the configuration.
func (c *Config) check() error {
	seen := map[string]bool{}
	for _, f := range c.Frontends {
		switch {
		case f.Name == "":
			return errors.New("a frontend has no name")
		case seen[f.Name]:
			return fmt.Errorf("frontend %s is defined twice", f.Name)
		case len(f.Binds) == 0:
			return fmt.Errorf("frontend %s has no address to listen on", f.Name)
		case len(f.Backends) == 0:
			return fmt.Errorf("frontend %s has no backend", f.Name)
		}
		seen[f.Name] = true
	}
	if len(c.Frontends) == 0 {
		return errors.New("there is no frontend")
	}
	return nil
}

func orDefault(v, fallback int64) int64 {
	if v == 0 {
		return fallback
	}
	return v
}

// Addresses returns a line for each open socket: the frontend and the address.
// The admin socket has the frontend "-".
func Addresses() []string {
	var lines []string
	for _, l := range snapshot() {
		lines = append(lines, l.frontendName()+" "+*l.bound.Load())
	}
	return lines
}

// frontendName is the name of the listener's frontend in what people read.
func (l *Listener) frontendName() string {
	if px := l.bind.frontend; px != nil {
		return px.name
	}
	return "-"
}

// SoftStop closes the listeners and lets the connections end. Drained tells
// when they have.
func SoftStop() {
	if stopping.Swap(true) {
		return
	}
	doSoftStopNow()
	jobDone()
}

// Drained returns a channel that is closed when a soft stop is complete.
func Drained() <-chan struct{} {
	return drained
}

// jobDone ends one job. The process itself is a job until it is told to stop
// and only an accept loop, which is one too, starts new ones, so the count
// reaches zero once.
func jobDone() {
	if jobs.Add(-1) == 0 {
		close(drained)
	}
}

// Close closes all sockets, that of the administrator included.
func Close() {
	protocolUnbindAll()
	for _, l := range snapshot() {
		deleteListener(l)
	}
	globalQueueMu.Lock()
	defer globalQueueMu.Unlock()
	if globalQueueTask != nil {
		globalQueueTask.Stop()
		globalQueueTask = nil
	}
}
