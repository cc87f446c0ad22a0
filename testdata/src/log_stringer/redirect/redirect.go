// Package redirect holds the case of a logger that is given another writer.
package redirect

import (
	"log"
	"os"
	"sync"
)

// A Pipe is a writer whose logger can be given another writer.
type Pipe struct {
	mu  sync.Mutex
	log *log.Logger
	n   int
}

// NewPipe makes a pipe.
func NewPipe() *Pipe {
	p := &Pipe{}
	p.log = log.New(p, "", 0)
	return p
}

// Redirect lets the logger write elsewhere.
func (p *Pipe) Redirect() { p.log.SetOutput(os.Stderr) }

// Write counts.
func (p *Pipe) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n += len(b)
	return len(b), nil
}

// Fine, as far as one can know: the logger may have been redirected.
func (p *Pipe) Reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.log.Print("reset")
}
