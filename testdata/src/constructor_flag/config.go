package constructor_flag

import "sync"

// Config says how a server works. Its users have it by value, or all have the same one.
type Config struct {
	Name  string
	Local bool
	Cache struct{ Local bool }
	Tuning
}

type Tuning struct{ Level int }

type server struct {
	mu    sync.Mutex
	cfg   Config
	extra *Config
	peer  *plug
	n     int
	plug  interface{ use() }
	after func()
}

// plug locks its server.
type plug struct{ s *server }

func (p *plug) use() { p.s.touch() }

// free leaves locking to its server.
type free struct{ s *server }

func (f free) use() { f.s.n++ }

func (s *server) touch() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
}

func newServer(c Config) *server {
	s := &server{cfg: c}
	if c.Local {
		s.plug = free{s}
	} else {
		s.plug = &plug{s}
	}
	s.init()
	return s
}

func (s *server) init() {
	if s.cfg.Level > 2 {
		s.after = func() { go s.touch() }
	} else {
		s.after = s.touch
	}
}

// Fine: what a local server uses does not lock.
func (s *server) Use() {
	if s.cfg.Local {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.plug.use()
}

// Deadlocks: what the others use does.
func (s *server) UseFar() {
	if !s.cfg.Local {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.plug.use() // want `\[relock\]`
}

// Deadlocks: its name has nothing to do with that.
func (s *server) UseNamed() {
	if s.cfg.Name != "" {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.plug.use() // want `\[relock\]`
}

// Fine: at that level it runs on a goroutine of its own.
func (s *server) After() {
	if s.cfg.Level > 2 {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.after()
}

// Deadlocks: at the others it does not.
func (s *server) AfterLow() {
	if s.cfg.Level <= 2 {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.after() // want `\[relock\]`
}

// client shares the configuration of others.
type client struct {
	mu   sync.Mutex
	cfg  *Config
	hot  bool
	n    int
	dial func(*client)
	hang func(*client)
}

func plain(c *client) { c.n++ }

func safe(c *client) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func newClient(cfg *Config, hot bool) *client {
	c := &client{cfg: cfg, dial: safe, hot: hot}
	if cfg.Local {
		c.dial = plain
	}
	return c
}

// hanger makes what hangs up when it is first asked for.
func (c *client) hanger() func(*client) {
	if c.hang == nil {
		if c.hot {
			c.hang = plain
		} else {
			c.hang = safe
		}
	}
	return c.hang
}

func (c *client) cool() { c.hot = false }

// Fine: a local client dials without the lock.
func (c *client) Dial() {
	if c.cfg.Local {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	c.dial(c)
}

// Deadlocks: the others do not.
func (c *client) DialFar() {
	if !c.cfg.Local {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	c.dial(c) // want `\[relock\]`
}

// Deadlocks: a client that was cooled may have been hot before.
func (c *client) Hang() {
	if c.hot {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	c.hang(c) // want `\[relock\]`
}

// hub has a mutex that it locks itself if nobody is to be told.
type hub struct {
	mu   sync.Mutex
	feed *feed
	n    int
	out  interface{ put() }
}

type feed struct{ h *hub }

func (f *feed) put() {
	f.h.mu.Lock()
	defer f.h.mu.Unlock()
	f.h.n++
}

type sink struct{ h *hub }

func (s sink) put() { s.h.n++ }

func newHub(far bool) *hub {
	h := &hub{}
	if far {
		h.feed = &feed{h}
		h.out = h.feed
	} else {
		h.out = sink{h}
	}
	return h
}

// Fine: without a feed there is but a sink.
func (h *hub) Put() {
	if h.feed == nil {
		h.mu.Lock()
		defer h.mu.Unlock()
	}
	h.out.put()
}

// Deadlocks: the feed locks.
func (h *hub) PutFar() {
	if h.feed != nil {
		h.mu.Lock()
		defer h.mu.Unlock()
	}
	h.out.put() // want `\[relock\]`
}

type settings struct{ level int }

func (s settings) low() bool { return s.level < 3 }

type setting func(*worker)

func atLevel(level int) setting { return func(w *worker) { w.level = level } }

func asRoot() setting { return func(w *worker) { w.root = true } }

// worker has options and getters.
type worker struct {
	settings
	mu   sync.Mutex
	root bool
	n    int
	job  interface{ do() }
	done func(*worker)
}

type locking struct{ w *worker }

func (l locking) do() {
	l.w.mu.Lock()
	defer l.w.mu.Unlock()
	l.w.n++
}

type simple struct{ w *worker }

func (s simple) do() { s.w.n++ }

func (w *worker) isLow() bool { return w.low() }

func newWorker(list ...setting) *worker {
	w := &worker{}
	for _, f := range list {
		f(w)
	}
	w.job = locking{w}
	if w.isLow() {
		w.job = simple{w}
	}
	w.done = func(w *worker) { w.n++ }
	if w.root {
		w.done = func(w *worker) { locking{w}.do() }
	}
	return w
}

// Fine: the job of a low worker does not lock.
func (w *worker) Do() {
	if w.low() {
		w.mu.Lock()
		defer w.mu.Unlock()
	}
	w.job.do()
}

// Deadlocks: that of the others does.
func (w *worker) DoHigh() {
	if !w.low() {
		w.mu.Lock()
		defer w.mu.Unlock()
	}
	w.job.do() // want `\[relock\]`
}

// Fine: only a root locks when it is done.
func (w *worker) Done() {
	if !w.root {
		w.mu.Lock()
		defer w.mu.Unlock()
	}
	w.done(w)
}

// Deadlocks: a root does.
func (w *worker) DoneRoot() {
	if w.root {
		w.mu.Lock()
		defer w.mu.Unlock()
	}
	w.done(w) // want `\[relock\]`
}
