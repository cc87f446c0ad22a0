// Package request_context has handlers that find an object in the context of a request.
package request_context

import (
	"context"
	"net/http"
	"sync"
)

type visitKey struct{}

// A Visit is found in the context of a request.
type Visit struct {
	mu sync.Mutex
	n  int
}

func visitOf(r *http.Request) *Visit {
	v, _ := r.Context().Value(visitKey{}).(*Visit)
	return v
}

// Deadlocks where the handler is profile: both find the visit in the request.
func exclusive(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		v.mu.Lock()
		defer v.mu.Unlock()
		next(w, r) // want `\[relock\]`
	}
}

func profile(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r)
	v.mu.Lock()
	v.n++
	v.mu.Unlock()
}

// VisitRoutes makes the handler.
func VisitRoutes() http.Handler {
	return exclusive(profile)
}

func renewed(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		v.mu.Lock()
		defer v.mu.Unlock()
		next(w, r.WithContext(context.WithValue(r.Context(), visitKey{}, &Visit{})))
	}
}

// Fine: the handler gets another visit.
func RenewedRoutes() http.Handler { return renewed(profile) }

// Deadlocks: the handler gets the visit that is locked.
func bound(v *Visit, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v.mu.Lock()
		defer v.mu.Unlock()
		next(w, r.WithContext(context.WithValue(r.Context(), visitKey{}, v))) // want `\[relock\]`
	}
}

// BoundRoutes makes the handler.
func BoundRoutes(v *Visit) http.Handler {
	return bound(v, profile)
}
