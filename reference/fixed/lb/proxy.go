package lb

import (
	"fmt"
	"log"
	"time"

	"github.com/lockreentry/lockreentry/reference/internal/sched"
)

// condPause notes that no listener of p is in service any more. The caller
// holds the lock of p.
func condPause(p *Proxy) {
	if p.flags.Load()&(flagPaused|flagStopped) != 0 {
		return
	}
	p.flags.Or(flagPaused)
	log.Printf("paused frontend %s", p.name)
}

// condResume notes that p is in service again, once all of its listeners are.
// The caller holds the lock of p.
func condResume(p *Proxy) {
	if p.flags.Load()&flagPaused == 0 || p.liSuspended > 0 {
		return
	}
	p.flags.And(^flagPaused)
	log.Printf("resumed frontend %s", p.name)
}

// condDisable notes that p has stopped, once it has no listener left. The
// caller holds the lock of p.
func condDisable(p *Proxy) {
	if p.stopped() || p.liAll.Load() > 0 {
		return
	}
	p.flags.Or(flagStopped)
	p.task.Stop()
	log.Printf("stopped frontend %s (%d connections served)", p.name, p.stats.conns.Load())
}

// stopped reports whether p was shut down.
func (p *Proxy) stopped() bool {
	return p.flags.Load()&flagStopped != 0
}

// pauseProxy takes all listeners of p out of service.
func pauseProxy(p *Proxy) error {
	p.mu.Lock()
	defer p.mu.Unlock()

	if p.stopped() || p.liReady.Load() == 0 {
		return nil
	}
	for _, l := range p.listeners {
		if err := suspendListener(l, true, false); err != nil {
			log.Printf("frontend %s: %v", p.name, err)
		}
	}
	if n := p.liReady.Load(); n > 0 {
		return fmt.Errorf("pause frontend %s: %d listeners are still in service", p.name, n)
	}
	return nil
}

// resumeProxy puts all listeners of p back into service, or none: if one cannot
// be resumed the others are suspended again.
func resumeProxy(p *Proxy) error {
	p.mu.Lock()
	if p.stopped() || p.liSuspended == 0 {
		p.mu.Unlock()
		return nil
	}

	var failed error
	for _, l := range p.listeners {
		if failed = resumeListener(l, true, false); failed != nil {
			break
		}
	}

	if failed != nil {
		p.mu.Unlock()
		if err := pauseProxy(p); err != nil { // takes the lock itself
			log.Printf("frontend %s: %v", p.name, err)
		}
		return fmt.Errorf("resume frontend %s: %w", p.name, failed)
	}
	p.mu.Unlock()
	return nil
}

// stopProxy closes all listeners of p for good. Its connections live on.
func stopProxy(p *Proxy) {
	p.mu.Lock()
	defer p.mu.Unlock()

	for _, l := range p.listeners {
		stopListener(l, true, false, false)
	}
}

// manageProxy is the task of a proxy: it puts its listeners back into service
// when the rate of connections allows it.
func manageProxy(t *sched.Task) {
	p := t.Context.(*Proxy)
	if p.stopped() || !p.hasRoom() {
		return // the end of a connection wakes the listeners
	}
	if !p.keepsRate() {
		t.Schedule(p.sps.Delay(p.feSpsLim.Load()))
		return
	}
	dequeueProxyListeners(p, false)
}

// doSoftStopNow closes all listeners except those that live as long as the
// process. All listeners of a proxy leave their protocols at once.
func doSoftStopNow() {
	for _, p := range proxies {
		p.mu.Lock()
		protoMu.Lock()
		for _, l := range p.listeners {
			stopListener(l, true, true, false)
		}
		protoMu.Unlock()
		p.mu.Unlock()
	}
	protocolStopNow()
}

// captureError keeps text as the last thing that went wrong for p.
func captureError(p *Proxy, text string) {
	c := &capture{when: time.Now(), text: text}
	p.stats.errors.Add(1)

	p.mu.Lock()
	old := p.lastError
	p.lastError = c
	p.mu.Unlock()

	if old == nil {
		log.Printf("frontend %s: %s", p.name, text)
	}
}

// findFrontend returns the frontend of that name, or nil.
func findFrontend(name string) *Proxy {
	for _, p := range proxies {
		if p.name == name {
			return p
		}
	}
	return nil
}
