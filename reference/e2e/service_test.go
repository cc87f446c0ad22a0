//go:build unix

package e2e

import (
	"net"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// startPair runs a proxy whose frontend fe has a TCP listener and then a unix
// listener, at the path that is returned too.
func startPair(t *testing.T, variant string) (*child, string) {
	t.Helper()
	path := filepath.Join(socketDir(t), "fe")
	c := start(t, variant, "-listen", "127.0.0.1:0", "-listen", "unix@"+path, "-backend", echoServer(t))
	// The protocols are asked for their sockets in an order of their own.
	c.addrs["fe"] = []string{c.listener("fe", 0)["addr"], c.listener("fe", 1)["addr"]}
	return c, path
}

// TestS9PauseResume disables and enables a frontend under traffic. The TCP
// listener keeps its socket, so a client waits; the unix one does not.
func TestS9PauseResume(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		c, path := startPair(t, variant)
		tcp, unix := c.open("fe", 0), c.open("fe", 1)

		c.must("disable frontend fe")
		c.refused("disable frontend fe", "already disabled")
		c.expect("fe", 0, "state=PAUSED")
		c.expect("fe", 1, "state=ASSIGNED")
		tcp.echo("still")
		unix.echo("there")
		waits := c.waiting("fe", 0, "PAUSED")
		if conn, err := dialAddr(path); err == nil {
			_ = conn.Close()
			t.Error("a unix listener that is suspended accepts connections")
		}

		c.must("enable frontend fe")
		c.refused("enable frontend fe", "already enabled")
		waits.served()
		c.open("fe", 1).close()
		c.stopAfter(tcp, unix, waits)
	})
}

// TestS9ResumeFails enables a frontend while the path of its second listener is
// taken: the first is suspended again, and all is well once the path is free.
func TestS9ResumeFails(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		c, path := startPair(t, variant)
		c.must("disable frontend fe")
		squatter, err := net.Listen("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		defer squatter.Close()

		c.refused("enable frontend fe", "address already in use")
		c.expect("fe", 0, "state=PAUSED")
		c.expect("fe", 1, "state=ASSIGNED")
		if stat := c.must("show stat"); !strings.Contains(stat, "status=PAUSED") || !strings.Contains(stat, "suspended=2") {
			t.Errorf("show stat: %s", stat)
		}

		if err := squatter.Close(); err != nil {
			t.Fatal(err)
		}
		c.must("enable frontend fe")
		tcp, unix := c.open("fe", 0), c.open("fe", 1)
		c.stopAfter(tcp, unix)
	})
}

// TestS9PauseQueued disables a frontend whose listener waits for the limit, so
// it leaves the queue. Even buggy may raise the limit then.
func TestS9PauseQueued(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		c := start(t, variant, "-listen", "127.0.0.1:0", "-backend", echoServer(t))
		cl := seed(c)
		c.must("disable frontend fe")
		c.expect("fe", 0, "state=PAUSED", "queued=false", "parked=1")
		c.must("set maxconn frontend fe 10")
		c.must("enable frontend fe")
		cl.served()
		c.stopAfter(cl)
	})
}

// TestS9AllListeners suspends and resumes the listeners of all frontends, each
// on its own.
func TestS9AllListeners(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		c, _ := startPair(t, variant)
		c.must("disable listeners")
		c.expect("fe", 0, "state=PAUSED")
		c.expect("fe", 1, "state=ASSIGNED")
		cl := c.waiting("fe", 0, "PAUSED")
		c.must("enable listeners")
		cl.served()
		if stat := c.must("show stat"); !strings.Contains(stat, "status=OPEN") || !strings.Contains(stat, "suspended=0") {
			t.Errorf("show stat: %s", stat)
		}
		unix := c.open("fe", 1)

		c.must("shutdown frontend fe")
		c.refused("shutdown frontend fe", "already shut down")
		c.refused("enable frontend fe", "shut down")
		c.expect("fe", 0, "state=INIT")
		c.expect("fe", 1, "state=INIT")
		unix.echo("lives on")
		c.stopAfter(cl, unix)
	})
}

// TestS12SoftStop tells a proxy to end under traffic: those who are served are
// served to the end, those who wait are sent away, and nobody else comes in.
func TestS12SoftStop(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		c := start(t, variant, "-listen", "127.0.0.1:0", "-backend", echoServer(t), "-frontend-maxconn", "2")
		one, two := c.open("fe", 0), c.open("fe", 0)
		three := c.waiting("fe", 0, "LIMITED")

		c.signal(syscall.SIGTERM)
		c.await("fe", 0, "state=INIT", "queued=false", "parked=0")
		three.closed()
		if conn, err := dialAddr(c.addrs["fe"][0]); err == nil {
			_ = conn.Close()
			t.Error("a proxy that is stopping accepts connections")
		}
		one.echo("one")
		one.close()
		two.echo("two")
		two.close()
		if code := c.waitEnd(); code != 0 {
			t.Errorf("exit code %d: %s", code, c.stderr)
		}
	})
}

// stopAfter closes the clients and ends the child softly.
func (c *child) stopAfter(clients ...*client) {
	c.t.Helper()
	for _, cl := range clients {
		cl.close()
	}
	c.stop()
}
