// Package converted_type holds cases of values that are converted to a type with other methods.
package converted_type

import (
	"encoding/json"
	"fmt"
	"sync"
)

// A Page formats itself under its lock.
type Page struct {
	mu    sync.Mutex
	Title string
}

// plain is a Page without its methods.
type plain Page

// counted is a Page with a method of its own.
type counted Page

// MarshalJSON locks the page.
func (p *Page) MarshalJSON() ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return json.Marshal((*plain)(p))
}

func (p *Page) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.Title
}

func (c *counted) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return fmt.Sprint(len(c.Title))
}

// Fine: a plain page has no methods.
func (p *Page) Log() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return fmt.Sprintf("%v", (*plain)(p))
}

// Deadlocks: the page as it is has a String method.
func (p *Page) Print() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return fmt.Sprintf("%v", p) // want `\[relock\]`
}

// Deadlocks: converted back it has its methods again.
func (p *Page) Back() string {
	q := (*plain)(p)
	p.mu.Lock()
	defer p.mu.Unlock()
	return fmt.Sprint((*Page)(q)) // want `\[relock\]`
}

// Deadlocks: counted has a String method of its own, which locks the same page.
func (p *Page) Count() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return fmt.Sprint((*counted)(p)) // want `\[relock\]`
}
