package lb

import (
	"errors"
	"io"
	"net"
	"sync/atomic"
	"time"
)

// dialTimeout is how long a backend may take to accept a connection.
const dialTimeout = 5 * time.Second

var errNoBackend = errors.New("frontend has no backend")

// Session is one connection of a client and the one to a backend that belongs
// to it.
type Session struct {
	listener *Listener
	fe       *Proxy
	client   net.Conn
	server   net.Conn // nil until the backend has answered
}

// sessionAccept is the accept function of frontends. The session releases the
// listener when it ends.
func sessionAccept(l *Listener, conn net.Conn) error {
	fe := l.bind.frontend
	if len(fe.backends) == 0 {
		return errNoBackend
	}
	s := &Session{listener: l, fe: fe, client: conn}
	jobs.Add(1)
	go s.run()
	return nil
}

// run relays between the client and a backend until both are done.
func (s *Session) run() {
	defer sessionFree(s)
	server, err := dial(s.fe.backend())
	if err != nil {
		captureError(s.fe, err.Error())
		return
	}
	s.server = server

	up := make(chan struct{})
	go func() {
		defer close(up)
		s.relay(s.server, s.client, &s.fe.stats.bytesIn)
	}()
	s.relay(s.client, s.server, &s.fe.stats.bytesOut)
	<-up
}

// relay copies from src to dst until src is at its end, and passes that on. On
// a failure it closes both connections, which ends the other direction too.
func (s *Session) relay(dst, src net.Conn, bytes *atomic.Int64) {
	n, err := io.Copy(dst, src)
	bytes.Add(n)
	if err == nil {
		err = closeWrite(dst)
	}
	if err != nil {
		_ = s.client.Close()
		_ = s.server.Close()
	}
}

// closeWrite tells the other side that nothing more will come.
func closeWrite(c net.Conn) error {
	if half, ok := c.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return c.Close()
}

// sessionFree ends a session and gives back what it counted for.
func sessionFree(s *Session) {
	_ = s.client.Close()
	if s.server != nil {
		_ = s.server.Close()
	}
	listenerRelease(s.listener)
	jobDone()
}

// backend returns the address whose turn it is.
func (p *Proxy) backend() string {
	n := p.next.Add(1) - 1
	return p.backends[n%uint64(len(p.backends))]
}

// dial connects to a backend.
func dial(addr string) (net.Conn, error) {
	f, addr := familyOf(addr)
	return net.DialTimeout(f.network, addr, dialTimeout)
}
