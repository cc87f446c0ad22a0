// Package http_mux holds cases of handlers that a mux calls.
package http_mux

import (
	"net/http"
	"net/http/httptest"
	"sync"
)

// An API serves under a lock.
type API struct {
	mu   sync.RWMutex
	mux  *http.ServeMux
	hits int
}

// New makes an API.
func New() *API {
	a := &API{mux: http.NewServeMux()}
	a.mux.HandleFunc("/stats", a.stats)
	a.mux.HandleFunc("/health", healthy)
	return a
}

func (a *API) stats(w http.ResponseWriter, _ *http.Request) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	w.WriteHeader(a.hits)
}

func healthy(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(200) }

// Deadlocks: the mux calls stats.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.hits++
	a.mux.ServeHTTP(w, r) // want `\[downgrade\]`
}

// Fine: unlocked before.
func (a *API) Serve(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.hits++
	a.mu.Unlock()
	a.mux.ServeHTTP(w, r)
}

// A Page is a handler with an owner.
type Page struct{ site *Site }

// ServeHTTP counts.
func (p *Page) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	p.site.mu.Lock()
	p.site.hits++
	p.site.mu.Unlock()
}

// A Site has pages.
type Site struct {
	mu    sync.Mutex
	pages http.ServeMux
	other http.ServeMux
	hits  int
}

// Add adds a page.
func (s *Site) Add(path string) { s.pages.Handle(path, &Page{site: s}) }

// AddTo adds a page of another site.
func (s *Site) AddTo(path string, o *Site) { s.other.Handle(path, &Page{site: o}) }

// Deadlocks: the page counts.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages.ServeHTTP(w, r) // want `\[relock\]`
}

// Fine: the pages are those of other sites.
func (s *Site) ServeOther(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.other.ServeHTTP(w, r)
}

// Deadlocks: the mux is made here.
func (a *API) Probe() {
	mux := http.NewServeMux()
	mux.HandleFunc("/stats", a.stats)
	a.mu.Lock()
	defer a.mu.Unlock()
	mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/stats", nil)) // want `\[downgrade\]`
}

// Fine: the handler takes no lock.
func (a *API) Check() {
	mux := http.NewServeMux()
	mux.HandleFunc("/health", healthy)
	a.mu.Lock()
	defer a.mu.Unlock()
	mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/health", nil))
}
