package driver

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// isTerminal reports whether w is a terminal that understands escape
// sequences. It takes any character device for one: what is meant for people
// does no harm in /dev/null.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

// useColour reports whether colour may be written to w.
func useColour(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == ""
}

// A progress shows on a terminal how far a run has come. It is also the writer
// for messages that appear meanwhile, whether or not there is a terminal.
type progress struct {
	w     io.Writer
	name  string
	live  bool // w is a terminal
	start time.Time
	quit  chan struct{}
	done  sync.WaitGroup

	mu    sync.Mutex
	units int
	shown bool
}

// progressDelay is how long a run is silent before it shows progress.
const progressDelay = time.Second

// newProgress starts to show progress on w if it is a terminal.
func newProgress(w io.Writer, name string) *progress {
	p := &progress{w: w, name: name, live: isTerminal(w), start: time.Now(), quit: make(chan struct{})}
	if p.live {
		p.done.Go(p.tick)
	}
	return p
}

// unit counts a package that has been analysed.
func (p *progress) unit() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.units++
}

// Write implements io.Writer for messages.
func (p *progress) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	return p.w.Write(b)
}

// stop ends the display.
func (p *progress) stop() {
	close(p.quit)
	p.done.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}

// tick draws the line until stop.
func (p *progress) tick() {
	ticker := time.NewTicker(progressDelay)
	defer ticker.Stop()
	for {
		select {
		case <-p.quit:
			return
		case <-ticker.C:
			p.draw()
		}
	}
}

// draw writes the line anew. Packages that are only depended on come first and
// are not counted: the go command does not tell of them.
func (p *progress) draw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	what := "analysing dependencies"
	if p.units > 0 {
		what = plural(p.units, "package", "packages") + " analysed"
	}
	fmt.Fprintf(p.w, "%s: %s, %v", p.name, what, time.Since(p.start).Round(time.Second))
	p.shown = true
}

// clear takes the line away. The caller holds mu.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
