package lb

import (
	"fmt"
	"log"

	"github.com/lockreentry/lockreentry/reference/internal/mtlist"
)

// setState changes the state of a listener, whose lock is held, and keeps the
// counts of its proxy right.
func setState(l *Listener, s state) {
	old := state(l.state.Swap(int32(s)))
	if px := l.bind.frontend; px != nil {
		px.count(old, -1)
		px.count(s, +1)
	}
}

// count adds n to the number of listeners that are in state s.
func (p *Proxy) count(s state, n int32) {
	switch {
	case s >= stateReady:
		p.liReady.Add(n)
	case s == stateListen:
		p.liBound.Add(n)
	case s == statePaused:
		p.liPaused.Add(n)
	}
}

// enableListener puts a listener that has its socket into service.
func enableListener(l *Listener) {
	l.mu.Lock()
	defer l.mu.Unlock()

	if l.is(stateListen) {
		serve(l)
	}
}

// serve opens a listener, whose lock is held, or marks it full.
func serve(l *Listener) {
	if limit := l.bind.maxconn.Load(); limit > 0 && l.nbconn.Load() >= limit {
		l.proto.Disable(l)
		setState(l, stateFull)
		return
	}
	setState(l, stateReady)
	l.proto.Enable(l)
}

// stopListener closes a listener for good, and with the last one its proxy.
// lpx, lpr and lli say that the caller holds the lock of the proxy, of the
// protocols, of the listener.
func stopListener(l *Listener, lpx, lpr, lli bool) {
	if !l.isJob() {
		return
	}
	px := l.bind.frontend

	if !lpx && px != nil {
		px.mu.Lock()
	}
	if !lpr {
		protoMu.Lock()
	}
	if !lli {
		l.mu.Lock()
	}

	if state(l.state.Load()) > stateInit {
		doUnbindListener(l)
		deleteListenerLocked(l)
		if px != nil {
			condDisable(px)
		}
	}

	if !lli {
		l.mu.Unlock()
	}
	if !lpr {
		protoMu.Unlock()
	}
	if !lpx && px != nil {
		px.mu.Unlock()
	}
}

// suspendListener takes a listener out of service until it is resumed. lpx and
// lli say that the caller holds the lock of the proxy, of the listener.
func suspendListener(l *Listener, lpx, lli bool) error {
	px := l.bind.frontend

	if !lpx && px != nil {
		px.mu.Lock()
	}
	if !lli {
		l.mu.Lock()
	}

	err := doSuspendListener(l, px)

	if !lli {
		l.mu.Unlock()
	}
	if !lpx && px != nil {
		px.mu.Unlock()
	}
	return err
}

// doSuspendListener is suspendListener with both locks held.
func doSuspendListener(l *Listener, px *Proxy) error {
	if state(l.state.Load()) <= statePaused {
		return nil
	}
	switch l.proto.Suspend(l) {
	case suspendFailed:
		return fmt.Errorf("suspend %s: the protocol refused", l.addr)
	case suspendUnbound:
		mtlist.Delete(&l.waitQueue)
		setState(l, stateAssigned)
	default:
		mtlist.Delete(&l.waitQueue)
		setState(l, statePaused)
	}
	if px != nil && l.flags&flagSuspended == 0 {
		px.liSuspended++
	}
	l.flags |= flagSuspended
	if px != nil && px.liReady.Load() == 0 {
		condPause(px)
	}
	return nil
}

// resumeListener puts a listener that was suspended, full or limited back into
// service. lpx and lli say that the caller holds the lock of the proxy, of the
// listener. It fails when the address of a socket that was given up is taken.
func resumeListener(l *Listener, lpx, lli bool) error {
	px := l.bind.frontend
	if !lpx && px != nil {
		px.mu.Lock()
		defer px.mu.Unlock()
	}
	if !lli {
		l.mu.Lock()
		defer l.mu.Unlock()
	}

	// One that waits in a queue is resumed by whoever takes it out.
	if l.waitQueue.Queued() || l.is(stateReady) {
		return nil
	}
	if err := l.proto.Resume(l); err != nil {
		return fmt.Errorf("resume %s: %w", l.addr, err)
	}
	serve(l)
	if l.flags&flagSuspended == 0 {
		return nil
	}
	l.flags &^= flagSuspended
	if px != nil {
		px.liSuspended--
		condResume(px)
	}
	return nil
}

// relaxListener puts a listener that was full or limited back into service, and
// leaves one in any other state alone. lpx and lli say that the caller holds
// the lock of the proxy, of the listener.
func relaxListener(l *Listener, lpx, lli bool) {
	px := l.bind.frontend

	if !lpx && px != nil {
		px.mu.Lock()
	}
	if !lli {
		l.mu.Lock()
	}

	if l.is(stateFull) || l.is(stateLimited) {
		if err := resumeListener(l, true, true); err != nil {
			log.Printf("relax: %v", err)
		}
	}

	if !lli {
		l.mu.Unlock()
	}
	if !lpx && px != nil {
		px.mu.Unlock()
	}
}

// listenerFull closes a listener that has reached its own limit. It leaves the
// queue it may be in: no other limit can help it now.
func listenerFull(l *Listener) {
	l.mu.Lock()
	defer l.mu.Unlock()

	if state(l.state.Load()) < stateReady {
		return
	}
	mtlist.Delete(&l.waitQueue)
	if !l.is(stateFull) {
		l.proto.Disable(l)
		setState(l, stateFull)
	}
}

// limitListener closes a listener that has reached a limit which it shares with
// others, and queues it in q until there is room.
func limitListener(l *Listener, q *mtlist.List[*Listener]) {
	l.mu.Lock()
	defer l.mu.Unlock()

	if !l.is(stateReady) {
		return
	}
	l.proto.Disable(l)
	setState(l, stateLimited)
	q.TryAppend(&l.waitQueue, l)
}

// dequeueAllListeners puts the listeners that wait for the process back into
// service. The caller holds no lock.
func dequeueAllListeners() {
	for {
		l, ok := globalListenerQueue.Pop()
		if !ok {
			return
		}
		relaxListener(l, false, false)
	}
}

// dequeueProxyListeners puts the listeners that wait for px back into service.
func dequeueProxyListeners(px *Proxy) {
	for {
		l, ok := px.listenerQueue.Pop()
		if !ok {
			return
		}
		relaxListener(l, false, false)
	}
}

// doUnbindListener closes the socket of a listener, whose lock is held.
func doUnbindListener(l *Listener) {
	mtlist.Delete(&l.waitQueue)
	if state(l.state.Load()) > stateAssigned {
		l.proto.Unbind(l)
		setState(l, stateAssigned)
	}
}

// unbindListener closes the socket of a listener. It could be bound again.
func unbindListener(l *Listener) {
	l.mu.Lock()
	defer l.mu.Unlock()

	doUnbindListener(l)
}

// deleteListenerLocked removes a listener that has no socket from its protocol.
// The caller holds protoMu and the lock of the listener.
func deleteListenerLocked(l *Listener) {
	if !l.is(stateAssigned) {
		return
	}
	setState(l, stateInit)
	forget(l)
	if px := l.bind.frontend; px != nil {
		px.liAll.Add(-1)
	}
}

// deleteListener removes a listener that has no socket from its protocol.
func deleteListener(l *Listener) {
	protoMu.Lock()
	defer protoMu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()

	deleteListenerLocked(l)
}
