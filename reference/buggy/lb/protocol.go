package lb

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
)

// Protocol is what listeners do in a way of their own on each kind of socket.
// The caller of every method holds the lock of the listener.
type Protocol interface {
	// Listen opens the socket, behind a closed gate.
	Listen(*Listener) error
	// Enable lets connections through, Disable keeps them waiting.
	Enable(*Listener)
	Disable(*Listener)
	// Suspend stops service and tells what it took; see the constants below.
	Suspend(*Listener) int
	// Resume undoes Suspend, except for Enable.
	Resume(*Listener) error
	// Unbind closes the socket.
	Unbind(*Listener)
}

var errStopped = errors.New("listener is stopped")

// Results of Protocol.Suspend.
const (
	suspendFailed  = -1 // nothing has changed
	suspendUnbound = 0  // the socket had to be closed
	suspendPaused  = 1  // the socket is still open
)

// family is a protocol and the listeners that use it.
type family struct {
	network   string // as package net calls it
	prefix    string // of addresses
	proto     Protocol
	listeners []*Listener // guarded by protoMu
}

// protocols is every family there is; the last one takes the addresses that no
// other does.
var protocols = []*family{
	{network: "unix", prefix: "unix@", proto: unixProto{stream{"unix"}}},
	{network: "tcp", prefix: "", proto: tcpProto{stream{"tcp"}}},
}

// familyOf finds the family of an address and strips its prefix.
func familyOf(addr string) (*family, string) {
	for _, f := range protocols {
		if rest, ok := strings.CutPrefix(addr, f.prefix); ok {
			return f, rest
		}
	}
	panic("unreachable: one family takes every address")
}

// stream is what stream sockets have in common.
type stream struct{ network string }

func (s stream) Listen(l *Listener) error {
	ln, err := net.Listen(s.network, l.addr)
	if err != nil {
		return err
	}
	addr := ln.Addr().String()
	l.ln, l.gate = ln, newGate()
	l.bound.Store(&addr)
	setState(l, stateListen)
	if l.isJob() {
		jobs.Add(1)
	}
	go acceptLoop(l, l.ln, l.gate)
	return nil
}

func (s stream) Enable(l *Listener)  { l.gate.open() }
func (s stream) Disable(l *Listener) { l.gate.close() }

func (s stream) Unbind(l *Listener) {
	_ = l.ln.Close()
	l.gate.demolish()
	l.ln, l.gate = nil, nil
}

// resume opens the socket again if it was closed.
func (s stream) resume(l *Listener) error {
	switch now := state(l.state.Load()); {
	case now < stateAssigned:
		return errStopped
	case now == stateAssigned:
		return s.Listen(l)
	default:
		return nil
	}
}

// tcpProto keeps the socket of a suspended listener, so nobody else can take
// the port; clients connect and wait.
type tcpProto struct{ stream }

func (p tcpProto) Suspend(l *Listener) int {
	p.Disable(l)
	return suspendPaused
}

func (p tcpProto) Resume(l *Listener) error { return p.resume(l) }

// unixProto closes the socket of a suspended listener, so another process can
// take over the path; clients are refused.
type unixProto struct{ stream }

func (p unixProto) Suspend(l *Listener) int {
	p.Unbind(l)
	return suspendUnbound
}

func (p unixProto) Resume(l *Listener) error { return p.resume(l) }

// forget removes a listener from its family. The caller holds protoMu.
func forget(l *Listener) {
	for _, f := range protocols {
		f.listeners = slices.DeleteFunc(f.listeners, func(o *Listener) bool { return o == l })
	}
}

// snapshot returns the listeners of all families. Those who take the lock of a
// proxy for each listener need it: protoMu comes after that lock.
func snapshot() []*Listener {
	protoMu.Lock()
	defer protoMu.Unlock()

	var all []*Listener
	for _, f := range protocols {
		all = append(all, f.listeners...)
	}
	return all
}

// protocolBindAll opens the sockets of all listeners.
func protocolBindAll() error {
	protoMu.Lock()
	defer protoMu.Unlock()

	for _, f := range protocols {
		for _, l := range f.listeners {
			if err := bindListener(l); err != nil {
				return fmt.Errorf("bind: %w", err)
			}
		}
	}
	return nil
}

// bindListener opens the socket of one listener.
func bindListener(l *Listener) error {
	l.mu.Lock()
	defer l.mu.Unlock()

	return l.proto.Listen(l)
}

// protocolEnableAll puts all listeners into service.
func protocolEnableAll() {
	protoMu.Lock()
	defer protoMu.Unlock()

	for _, f := range protocols {
		for _, l := range f.listeners {
			enableListener(l)
		}
	}
}

// protocolUnbindAll closes the sockets of all listeners.
func protocolUnbindAll() {
	protoMu.Lock()
	defer protoMu.Unlock()

	for _, f := range protocols {
		for _, l := range f.listeners {
			unbindListener(l)
		}
	}
}

// protocolPauseAll suspends all listeners, except those that live as long as
// the process, and returns the first failure.
func protocolPauseAll() (failed error) {
	for _, l := range snapshot() {
		if !l.isJob() {
			continue
		}
		if err := suspendListener(l, false, false); failed == nil {
			failed = err
		}
	}
	return failed
}

// protocolResumeAll resumes all listeners and returns the first failure.
func protocolResumeAll() (failed error) {
	for _, l := range snapshot() {
		if err := resumeListener(l, false, false); failed == nil {
			failed = err
		}
	}
	return failed
}

// protocolStopNow stops the listeners of all protocols.
func protocolStopNow() {
	for _, l := range snapshot() {
		stopListener(l, false, false, false)
	}
}
