package importer_bus

import "importer_bus/event"

// A Page is served by a router.
type Page struct {
	router *event.Router
	n      int
}

// Deadlocks: the router has made its maps itself, and calls what is put there.
func NewPage() *Page {
	p := &Page{router: event.NewRouter()}
	p.router.Handle("page", p)                                               // want `\[recursive-rlock\]`
	p.router.Handle("func", event.HandlerFunc(p.count)).Handle("own", own{}) // want `\[recursive-rlock\]`
	return p
}

// Serve asks the router.
func (p *Page) Serve(r *event.Router) { p.n = r.Len() }

func (p *Page) count(*event.Router) { p.n = p.router.Len() }

type own struct{}

func (own) Serve(*event.Router) {}

// Fine: these are called without the lock, or ask another router.
func NewPages() *Page {
	p := &Page{router: event.NewRouter()}
	p.router.HandleLast("page", p)
	o := &Page{router: event.NewRouter()}
	o.router.Handle("func", event.HandlerFunc(p.count))
	return p
}
