// Package importer_option_values holds cases of owners that get into an object by an option of its package, which is an interface value.
package importer_option_values

import (
	"sync"

	"importer_option_values/serve"
)

// An App has a server that calls it back.
type App struct {
	mu  sync.Mutex
	srv *serve.Server
	n   int
}

// NewApp makes an app.
func NewApp() *App {
	a := &App{}
	a.srv = serve.New(closing(a), serve.WithLog(a), serve.WithLast(a))
	return a
}

func closing(a *App) serve.Option { return serve.WithCloser(a) }

// Closed counts.
func (a *App) Closed(*serve.Server) {
	a.mu.Lock()
	a.n++
	a.mu.Unlock()
}

// Deadlocks: the option is an object with a function.
func (a *App) Close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.srv.Close() // want `\[relock\]`
}

// Deadlocks: the option is a struct.
func (a *App) Log() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.srv.Log() // want `\[relock\]`
}

// Deadlocks: the option is a function.
func (a *App) Last() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.srv.Last() // want `\[relock\]`
}

// A Proxy has a server that calls another proxy, or may do so.
type Proxy struct {
	mu   sync.Mutex
	srv  *serve.Server
	kept serve.Option
	n    int
}

// NewProxy makes a proxy; its server calls the next one. The server of the next one may
// tell this one.
func NewProxy(next *Proxy) *Proxy {
	p := &Proxy{}
	p.kept = serve.WithPeer(p)
	if next != nil {
		p.srv = serve.New(serve.WithCloser(next), next.kept)
	} else {
		p.srv = serve.New(serve.WithPeer(p))
	}
	return p
}

// Closed counts.
func (p *Proxy) Closed(*serve.Server) {
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
}

// Fine: the server calls the next proxy.
func (p *Proxy) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.srv.Close()
}

// Fine, as far as one can know: the server may tell another proxy.
func (p *Proxy) Tell() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.srv.Tell()
}
