// Package std_wrappers holds cases of objects of the standard library that call what they were made of: readers, writers, clients.
package std_wrappers

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"text/tabwriter"
)

// A Source is a reader that locks.
type Source struct {
	mu sync.Mutex
	r  io.Reader
	n  int
	br *bufio.Reader
}

// NewSource makes a source that buffers itself.
func NewSource(r io.Reader) *Source {
	s := &Source{r: r}
	s.br = bufio.NewReader(s)
	return s
}

// Read counts.
func (s *Source) Read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := s.r.Read(p)
	s.n += n
	return n, err
}

// Deadlocks: the scanner reads from the source that is locked.
func (s *Source) Lines() (lines []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sc := bufio.NewScanner(s)
	for sc.Scan() { // want `\[relock\]`
		lines = append(lines, sc.Text())
	}
	return lines
}

// Deadlocks: so does the buffer in the field.
func (s *Source) Line() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.br.ReadString('\n') // want `\[relock\]`
}

func (s *Source) split(data []byte, eof bool) (int, []byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return bufio.ScanWords(data, eof)
}

// Deadlocks: Scan calls the function that the scanner was given.
func (s *Source) Words() (n int) {
	sc := bufio.NewScanner(s.r)
	sc.Split(s.split)
	s.mu.Lock()
	defer s.mu.Unlock()
	for sc.Scan() { // want `\[relock\]`
		n++
	}
	return n
}

// Fine: another function, and that of another source.
func (s *Source) WordsOf(o *Source) (n int) {
	sc, other := bufio.NewScanner(s.r), bufio.NewScanner(o)
	sc.Split(bufio.ScanWords)
	other.Split(o.split)
	s.mu.Lock()
	defer s.mu.Unlock()
	for sc.Scan() && other.Scan() {
		n++
	}
	return n
}

// Fine: the scanner is made under the lock, and reads from what the source reads.
func (s *Source) Raw() (lines []string) {
	s.mu.Lock()
	own, sc := bufio.NewScanner(s), bufio.NewScanner(s.r)
	for sc.Scan() {
		lines = append(lines, sc.Text())
	}
	s.mu.Unlock()
	for own.Scan() {
		lines = append(lines, own.Text())
	}
	return lines
}

// Fine: the buffer reads from another source now.
func (s *Source) Drain(o *Source) (string, error) {
	br := bufio.NewReader(s)
	br.Reset(o)
	s.mu.Lock()
	defer s.mu.Unlock()
	return br.ReadString(0)
}

// Fine: what has been read already is in the buffer.
func (s *Source) Buffered() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := s.br.Peek(s.br.Buffered())
	if err != nil {
		return nil
	}
	return b
}

type counting struct {
	w   io.Writer
	srv *Server
}

func (c *counting) Write(p []byte) (int, error) {
	c.srv.mu.Lock()
	c.srv.bytes += len(p)
	c.srv.mu.Unlock()
	return c.w.Write(p)
}

// A Server counts what it writes.
type Server struct {
	mu    sync.Mutex
	bytes int
	out   io.Writer
}

// NewServer makes a server.
func NewServer(w io.Writer) *Server {
	s := &Server{}
	s.out = &counting{w, s}
	return s
}

// Deadlocks: Flush writes the table to the writer that counts.
func (s *Server) Dump() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	tw := tabwriter.NewWriter(s.out, 0, 8, 1, ' ', 0)
	fmt.Fprintf(tw, "bytes\t%d\n", s.bytes)
	return tw.Flush() // want `\[relock\]`
}

// Deadlocks: the same, of a table that is made by its method.
func (s *Server) DumpInto(tw *tabwriter.Writer) error {
	tw = tw.Init(s.out, 0, 8, 1, ' ', 0)
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintf(tw, "bytes\t%d\n", s.bytes)
	return tw.Flush() // want `\[relock\]`
}

// Fine: flushed after the unlock, or to another writer.
func (s *Server) DumpTo(w io.Writer) error {
	tw, own := tabwriter.NewWriter(w, 0, 8, 1, ' ', 0), tabwriter.NewWriter(s.out, 0, 8, 1, ' ', 0)
	s.mu.Lock()
	fmt.Fprintf(own, "bytes\t%d\n", s.bytes)
	err := tw.Flush()
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return own.Flush()
}

// A Transport counts the requests that it passes on.
type Transport struct {
	mu   sync.Mutex
	base http.RoundTripper
	n    int
}

// RoundTrip counts.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
	return t.base.RoundTrip(r)
}

// Deadlocks: the client calls RoundTrip of its transport.
func (t *Transport) Probe(url string) error {
	c := &http.Client{Transport: t}
	t.mu.Lock()
	defer t.mu.Unlock()
	_, err := c.Get(url) // want `\[relock\]`
	return err
}

func (t *Transport) redirect(*http.Request, []*http.Request) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return http.ErrUseLastResponse
}

// Deadlocks when the request is redirected: the client asks the function.
func (t *Transport) Follow(r *http.Request) error {
	c := http.Client{CheckRedirect: t.redirect}
	t.mu.Lock()
	defer t.mu.Unlock()
	_, err := c.Do(r) // want `\[relock\]`
	return err
}

// Fine: the client has another transport, or none.
func (t *Transport) ProbeBase(o *Transport, r *http.Request) error {
	base, other, none := &http.Client{Transport: t.base}, &http.Client{Transport: o}, &http.Client{}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range []*http.Client{base, other, none} {
		if _, err := c.Do(r); err != nil {
			return err
		}
	}
	_, err := http.Head("http://example.com/")
	return err
}

// A Service keeps a client whose transport is its own.
type Service struct {
	mu     sync.Mutex
	calls  int
	client *http.Client
}

// NewService makes a service.
func NewService() *Service {
	s := &Service{}
	s.client = &http.Client{Transport: s}
	return s
}

// RoundTrip counts.
func (s *Service) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	return http.DefaultTransport.RoundTrip(r)
}

// Deadlocks: the client in the field calls RoundTrip of the service.
func (s *Service) Call(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.client.Do(r) // want `\[relock\]`
}

// Fine: the client of another service.
func (s *Service) Forward(o *Service, r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return o.client.Do(r)
}

// An Auth gets a token by a client whose transport asks for the token.
type Auth struct {
	mu     sync.Mutex
	token  string
	client *http.Client
}

type plain struct{}

type authTransport struct{ auth *Auth }

// RoundTrip adds the token, but to the request for it.
func (t *authTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Context().Value(plain{}) == nil {
		r.Header.Set("Authorization", t.auth.Token())
	}
	return http.DefaultTransport.RoundTrip(r)
}

// NewAuth makes it.
func NewAuth() *Auth {
	a := &Auth{}
	a.client = &http.Client{Transport: &authTransport{a}}
	return a
}

// Fine: the request is marked, which only the transport sees.
func (a *Auth) Token() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.token == "" {
		ctx := context.WithValue(context.Background(), plain{}, true)
		if r, err := http.NewRequestWithContext(ctx, "POST", "http://example.com/token", nil); err == nil {
			_, _ = a.client.Do(r)
		}
	}
	return a.token
}
