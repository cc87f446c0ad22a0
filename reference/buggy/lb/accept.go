package lb

import (
	"errors"
	"log"
	"net"
	"time"

	"github.com/lockreentry/lockreentry/reference/internal/sched"
)

// Delays of things that are tried again.
const (
	acceptRetry = 50 * time.Millisecond // after accept failed
	globalRetry = time.Second           // after the process was full
)

// acceptLoop accepts connections from one socket until it is closed. At most
// one connection is accepted ahead: it waits at the gate while the listener is
// not in service.
func acceptLoop(l *Listener, ln net.Listener, g *gate) {
	if l.isJob() {
		defer jobDone()
	}
	for {
		conn, err := ln.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			log.Printf("accept on %s: %v", l.addr, err)
			if !g.sleep(acceptRetry) {
				return
			}
			continue
		}
		for taken := false; !taken; {
			if !g.pass(&l.parked) {
				_ = conn.Close()
				return
			}
			taken = listenerAccept(l, conn)
		}
	}
}

// reservation says which of the limits already count a connection that is being
// accepted.
type reservation struct{ listener, proxy, process bool }

// verdict says which limit refused a connection.
type verdict int

const (
	roomForAll verdict = iota
	listenerIsFull
	proxyIsFull
	proxyIsTooFast
	processIsFull
)

// listenerAccept hands a connection over to the accept function of the bind
// line, provided that all limits leave room. Otherwise it takes the listener
// out of service and reports false: the connection was not touched. The limits
// are looked at before anything is read from the connection, and only here, so
// a limit that is lowered shows with the next connection.
func listenerAccept(l *Listener, conn net.Conn) bool {
	p := l.bind.frontend
	held, why := reserve(l)

	switch why {
	case roomForAll:
		serveConn(l, conn)
		return true
	case listenerIsFull:
		listenerFull(l)
	case proxyIsFull:
		limitListener(l, &p.listenerQueue)
	case proxyIsTooFast:
		limitListener(l, &p.listenerQueue)
		p.task.Schedule(p.sps.Delay(p.feSpsLim.Load()))
	case processIsFull:
		limitListener(l, &globalListenerQueue)
		scheduleGlobalQueue(globalRetry)
	}

	held.undo(l)

	// What was full may have room again, and whoever made it may have looked
	// for a listener to wake before this one was queued.
	if l.is(stateFull) && !l.full() || l.is(stateLimited) && !l.limited() {
		relaxListener(l, false, false)
	}
	if processHasRoom() {
		dequeueAllListeners()
	}
	if p != nil && p.hasRoom() && p.keepsRate() {
		dequeueProxyListeners(p)
	}
	return false
}

// serveConn hands over a connection that all limits count.
func serveConn(l *Listener, conn net.Conn) {
	if p := l.bind.frontend; p != nil {
		p.sps.Inc()
		p.stats.conns.Add(1)
	}
	if err := l.bind.accept(l, conn); err != nil {
		log.Printf("accept on %s: %v", l.addr, err)
		_ = conn.Close()
		listenerRelease(l)
	}
}

// reserve counts a connection in the listener, the proxy and the process, in
// this order, up to the first that has no room. The caller gives back what it
// holds then.
func reserve(l *Listener) (held reservation, why verdict) {
	p := l.bind.frontend
	if p != nil && !p.keepsRate() {
		return held, proxyIsTooFast
	}
	if limit := l.bind.maxconn.Load(); limit <= 0 {
		l.nbconn.Add(1)
	} else if !addBelow(&l.nbconn, limit) {
		return held, listenerIsFull
	}
	held.listener = true

	if p != nil {
		if !addBelow(&p.feconn, p.maxconn.Load()) {
			return held, proxyIsFull
		}
		held.proxy = true
	}

	if usesMaxconn(l) {
		if !addBelow(&actconn, globalMaxconn.Load()) {
			return held, processIsFull
		}
		held.process = true
	}
	return held, roomForAll
}

// undo gives back what was reserved.
func (r reservation) undo(l *Listener) {
	if r.process {
		actconn.Add(-1)
	}
	if r.proxy {
		l.bind.frontend.feconn.Add(-1)
	}
	if r.listener {
		l.nbconn.Add(-1)
	}
}

// listenerRelease is called when a connection of l has ended: it gives back
// what the connection was counted for and wakes the listeners that wait for it.
// The caller holds no lock.
func listenerRelease(l *Listener) {
	fe := l.bind.frontend
	reservation{listener: true, proxy: fe != nil, process: usesMaxconn(l)}.undo(l)

	if l.is(stateFull) || l.is(stateLimited) {
		relaxListener(l, false, false)
	}

	// Listeners of other proxies may wait for the process.
	dequeueAllListeners()

	if fe == nil || fe.listenerQueue.Empty() {
		return
	}
	if fe.keepsRate() {
		dequeueProxyListeners(fe)
	} else {
		fe.task.Schedule(fe.sps.Delay(fe.feSpsLim.Load()))
	}
}

// usesMaxconn reports whether connections of l count for the process.
func usesMaxconn(l *Listener) bool {
	return l.bind.options&optUnlimited == 0
}

// manageGlobalListenerQueue is the task that looks for room in the process once
// in a while, should a wakeup have been missed.
func manageGlobalListenerQueue(*sched.Task) {
	if processHasRoom() {
		dequeueAllListeners()
	}
}

// scheduleGlobalQueue makes manageGlobalListenerQueue run after a while. It
// does nothing when the task is just being set up or torn down.
func scheduleGlobalQueue(after time.Duration) {
	if !globalQueueMu.TryRLock() {
		return
	}
	defer globalQueueMu.RUnlock()

	if globalQueueTask != nil {
		globalQueueTask.Schedule(after)
	}
}
