// Package http_handler holds cases of handlers: registered under a lock, or called under it.
package http_handler

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// An API serves a counter.
type API struct {
	mu    sync.Mutex
	count int
	mux   *http.ServeMux
}

func (a *API) show(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	fmt.Fprintln(w, a.count)
}

// ServeHTTP counts the request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.count++
	a.mu.Unlock()
	a.show(w, r)
}

// Fine: the handlers are registered, not called.
func (a *API) Routes() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.mux.HandleFunc("/count", a.show)
	a.mux.Handle("/", a)
}

// Deadlocks: HandlerFunc.ServeHTTP calls the function.
func (a *API) Replay(w http.ResponseWriter, r *http.Request) {
	h := http.HandlerFunc(a.show)
	a.mu.Lock()
	defer a.mu.Unlock()
	h.ServeHTTP(w, r) // want `\[relock\]`
}

// Deadlocks: the handler is a itself, behind the interface.
func (a *API) Forward(w http.ResponseWriter, r *http.Request) {
	var h http.Handler = a
	a.mu.Lock()
	defer a.mu.Unlock()
	h.ServeHTTP(w, r) // want `\[relock\]`
}

// Fine: any other handler.
func (a *API) Pass(h http.Handler, w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	h.ServeHTTP(w, r)
}

// Fine: called after the unlock.
func (a *API) Reset(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.count = 0
	a.mu.Unlock()
	a.show(w, r)
}

// locked returns a handler that locks around the one that it wraps.
func (a *API) locked(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock()
		next(w, r)
	}
}

// Deadlocks: show runs inside the handler that holds the lock.
func (a *API) Guarded(w http.ResponseWriter, r *http.Request) {
	a.locked(a.show)(w, r) // want `\[relock\]`
}

// Fine: the function that is wrapped takes no lock.
func (a *API) Raw(w http.ResponseWriter, r *http.Request) {
	a.locked(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, a.count) })(w, r)
}

// Fine: the server calls the handlers in goroutines of its own.
func (a *API) Serve() *http.Server {
	a.mu.Lock()
	defer a.mu.Unlock()
	s := &http.Server{Handler: a, ReadTimeout: time.Second}
	s.RegisterOnShutdown(func() { fmt.Println(a.total()) })
	return s
}

func (a *API) total() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.count
}

// around returns a handler that locks around any other.
func (a *API) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// logged returns a handler that takes no lock.
func (a *API) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(r.URL)
		next.ServeHTTP(w, r)
	})
}

// Deadlocks whenever /count is asked for: show locks what the handler around it holds.
func (a *API) Guards() {
	a.mux.HandleFunc("/count", a.locked(a.show)) // want `\[relock\]`
	a.mux.HandleFunc("/hello", a.locked(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "hello") }))
}

// Deadlocks whenever it is asked: the function is a handler by a conversion.
func (a *API) Handler() http.Handler {
	return a.around(http.HandlerFunc(a.show)) // want `\[relock\]`
}

// Deadlocks whenever it is asked: there is one more handler in between.
func (a *API) Logged() http.Handler {
	return a.around(a.logged(http.HandlerFunc(a.show))) // want `\[relock\]`
}

// Fine: the handlers take no lock under that of a.
func (a *API) Outside(o *API) {
	a.mux.Handle("/other", a.around(http.HandlerFunc(o.show)))
	a.mux.Handle("/count", a.logged(http.HandlerFunc(a.show)))
	a.mux.Handle("/hello", a.around(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "hello") })))
}

// guard calls the handler under the lock.
func (a *API) guard(h http.Handler, w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	h.ServeHTTP(w, r)
}

// Deadlocks: ServeHTTP of the converted function calls it.
func (a *API) Convert(w http.ResponseWriter, r *http.Request) {
	a.guard(http.HandlerFunc(a.show), w, r) // want `\[relock\]`
}

// plain is a function type that calls nothing.
type plain func(w http.ResponseWriter, r *http.Request)

func (plain) ServeHTTP(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "hello") }

// Fine: ServeHTTP of this type does not call the function.
func (a *API) ConvertPlain(w http.ResponseWriter, r *http.Request) {
	a.guard(plain(a.show), w, r)
}

// Fine: the function takes the lock of another API.
func (a *API) ConvertOther(o *API, w http.ResponseWriter, r *http.Request) {
	a.guard(http.HandlerFunc(o.show), w, r)
}

// A Router has handlers in fields, some of which are functions by a conversion.
type Router struct {
	mu       sync.RWMutex
	missed   int
	notFound http.Handler
	greeting http.Handler
	around   http.Handler
}

// NewRouter makes a router with its own handlers, but for around, which is another router's.
func NewRouter(other *Router) *Router {
	r := &Router{}
	r.notFound = http.HandlerFunc(r.missing)
	r.greeting = plain(r.greet)
	r.around = http.HandlerFunc(other.counting)
	return r
}

func (r *Router) missing(w http.ResponseWriter, _ *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.missed++
	w.WriteHeader(http.StatusNotFound)
}

func (r *Router) greet(http.ResponseWriter, *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.missed = 0
}

func (r *Router) counting(http.ResponseWriter, *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.missed--
}

// Deadlocks: the handler in the field is the function of this router.
func (r *Router) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.notFound.ServeHTTP(w, req) // want `\[upgrade\]`
}

// Fine: the handlers of another router, of a type that does not call the function, and with a function of another router.
func (r *Router) ServeOther(o *Router, w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	o.notFound.ServeHTTP(w, req)
	r.greeting.ServeHTTP(w, req)
	r.around.ServeHTTP(w, req)
}

// Fine: the lock is released first.
func (r *Router) ServeLater(w http.ResponseWriter, req *http.Request) {
	r.mu.RLock()
	h := r.notFound
	r.mu.RUnlock()
	h.ServeHTTP(w, req)
}
