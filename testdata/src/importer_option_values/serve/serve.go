// Package serve is the library of importer_option_values.
package serve

// A Closer is told that a server has closed.
type Closer interface{ Closed(*Server) }

type options struct{ closer, log, last, peer Closer }

// An Option sets options.
type Option interface{ apply(*options) }

type funcOption struct{ f func(*options) }

func (fo *funcOption) apply(o *options) { fo.f(o) }

// WithCloser sets the closer.
func WithCloser(c Closer) Option { return &funcOption{func(o *options) { o.closer = c }} }

type logOption struct{ c Closer }

func (l logOption) apply(o *options) { o.log = l.c }

// WithLog sets the log.
func WithLog(c Closer) Option { return logOption{c} }

type lastOption func(*options)

func (l lastOption) apply(o *options) { l(o) }

// WithLast sets the last that is told.
func WithLast(c Closer) Option { return lastOption(func(o *options) { o.last = c }) }

type peerOption struct{ c Closer }

func (p peerOption) apply(o *options) { o.peer = p.c }

// WithPeer sets the peer.
func WithPeer(c Closer) Option { return peerOption{c} }

// A Server is made with options.
type Server struct{ opts options }

// New makes a server.
func New(opts ...Option) *Server {
	s := &Server{}
	for _, o := range opts {
		o.apply(&s.opts)
	}
	return s
}

// Close tells the closer.
func (s *Server) Close() { s.opts.closer.Closed(s) }

// Log tells the log.
func (s *Server) Log() { s.opts.log.Closed(s) }

// Last tells the last.
func (s *Server) Last() { s.opts.last.Closed(s) }

// Tell tells the peer.
func (s *Server) Tell() { s.opts.peer.Closed(s) }
