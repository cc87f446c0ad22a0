package lb

import (
	"bytes"
	"fmt"
	"os"
	"time"
)

func init() {
	register(
		keyword{[]string{"show", "info"}, "", showInfo},
		keyword{[]string{"show", "stat"}, "", showStat},
		keyword{[]string{"show", "listeners"}, "", showListeners},
		keyword{[]string{"show", "errors"}, "", showErrors},
	)
}

// showInfo tells about the process. It takes no lock, so it answers whatever
// state the rest is in.
func showInfo(w *bytes.Buffer, _ []string) error {
	fmt.Fprintf(w, "pid: %d\n", os.Getpid())
	fmt.Fprintf(w, "uptime: %s\n", time.Since(started).Round(time.Second))
	fmt.Fprintf(w, "maxconn: %d\n", globalMaxconn.Load())
	fmt.Fprintf(w, "curr_conns: %d\n", actconn.Load())
	fmt.Fprintf(w, "jobs: %d\n", jobs.Load())
	fmt.Fprintf(w, "stopping: %t\n", stopping.Load())
	fmt.Fprintf(w, "frontends: %d\n", len(proxies))
	return nil
}

// showStat tells about the frontends and their listeners. It locks one proxy
// at a time, so others change while it goes on.
func showStat(w *bytes.Buffer, _ []string) error {
	for cursor := 0; cursor < len(proxies); cursor++ {
		p := proxies[cursor]
		p.mu.RLock()
		statRow(w, p)
		for _, l := range p.listeners {
			listenerRow(w, l)
		}
		p.mu.RUnlock()
	}
	return nil
}

// statRow tells about a proxy, whose lock is held.
func statRow(w *bytes.Buffer, p *Proxy) {
	fmt.Fprintf(w, "frontend=%s status=%s conns=%d maxconn=%d rate_limit=%d total=%d errors=%d in=%d out=%d",
		p.name, p.status(), p.feconn.Load(), p.maxconn.Load(), p.feSpsLim.Load(),
		p.stats.conns.Load(), p.stats.errors.Load(), p.stats.bytesIn.Load(), p.stats.bytesOut.Load())
	fmt.Fprintf(w, " listeners=%d ready=%d bound=%d paused=%d suspended=%d\n",
		p.liAll.Load(), p.liReady.Load(), p.liBound.Load(), p.liPaused.Load(), p.liSuspended)
}

// status says in a word how a proxy is.
func (p *Proxy) status() string {
	switch flags := p.flags.Load(); {
	case flags&flagStopped != 0:
		return "STOPPED"
	case flags&flagPaused != 0:
		return "PAUSED"
	default:
		return "OPEN"
	}
}

// listenerRow tells about a listener, in one consistent view.
func listenerRow(w *bytes.Buffer, l *Listener) {
	l.mu.RLock()
	defer l.mu.RUnlock()

	fmt.Fprintf(w, "listener=%s state=%s suspended=%t conns=%d maxconn=%d\n",
		*l.bound.Load(), state(l.state.Load()), l.flags&flagSuspended != 0, l.nbconn.Load(), l.bind.maxconn.Load())
}

// showListeners tells about the listeners of all frontends. It takes no lock of
// a proxy or a listener: it is there to see what they are up to.
func showListeners(w *bytes.Buffer, _ []string) error {
	for _, p := range proxies {
		for _, l := range p.listeners {
			fmt.Fprintf(w, "frontend=%s addr=%s state=%s conns=%d parked=%d queued=%t fe_conns=%d fe_maxconn=%d\n",
				p.name, *l.bound.Load(), state(l.state.Load()), l.nbconn.Load(), l.parked.Load(),
				l.waitQueue.Queued(), p.feconn.Load(), p.maxconn.Load())
		}
	}
	return nil
}

// showErrors tells the last thing that went wrong for each frontend. It copies
// what it needs under the lock and writes afterwards.
func showErrors(w *bytes.Buffer, _ []string) error {
	for cursor := 0; cursor < len(proxies); cursor++ {
		p := proxies[cursor]
		p.mu.RLock()
		c := p.lastError
		p.mu.RUnlock()
		if c != nil {
			fmt.Fprintf(w, "frontend=%s when=%s error=%q\n", p.name, c.when.Format(time.RFC3339), c.text)
		}
	}
	return nil
}
