//go:build unix

package e2e

import (
	"strings"
	"testing"
)

// hungFrames are in one goroutine of a proxy that waits for itself, from the
// lock it wants to the command it runs.
var hungFrames = []string{
	"sync.(*RWMutex).Lock(",
	"lb.relaxListener(",
	"lb.dequeueProxyListeners(",
	"lb.setMaxconnFrontend(",
}

// expectHung sees that the child has a goroutine with all hungFrames, in their
// order. The child ends.
func (c *child) expectHung() {
	c.t.Helper()
	for _, goroutine := range c.goroutines() {
		if hasInOrder(goroutine, hungFrames) {
			return
		}
	}
	c.t.Errorf("no goroutine has the frames %q:\n%s", hungFrames, c.stderr)
}

func hasInOrder(text string, parts []string) bool {
	for _, part := range parts {
		_, rest, ok := strings.Cut(text, part)
		if !ok {
			return false
		}
		text = rest
	}
	return true
}

// seed brings a frontend to where raising its limit is dangerous: a connection
// came while it was zero. It returns that client.
func seed(c *child) *client {
	c.t.Helper()
	c.must("set maxconn frontend fe 0")
	c.expect("fe", 0, "state=READY") // limits are lazy
	cl := c.waiting("fe", 0, "LIMITED")
	c.await("fe", 0, "queued=true", "fe_conns=0")
	return cl
}

// TestS1Seed is the founding scenario in its smallest form.
func TestS1Seed(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		c := start(t, variant, "-listen", "127.0.0.1:0", "-backend", echoServer(t))
		cl := seed(c)
		if variant == fixed {
			c.must("set maxconn frontend fe 10")
			cl.served()
			c.await("fe", 0, "state=READY", "parked=0", "queued=false", "fe_maxconn=10", "fe_conns=1")
			cl.close()
			c.stop()
			return
		}
		c.hangs("set maxconn frontend fe 10")
		cl.getsNothing()
		c.expect("fe", 0, "state=LIMITED", "parked=1", "queued=false", "fe_maxconn=10", "fe_conns=0")
		c.expectHung()
	})
}

// TestS2Production is how it happens to people: the limit is reached by real
// connections, and is raised because it is.
func TestS2Production(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		c := start(t, variant, "-listen", "127.0.0.1:0", "-backend", echoServer(t), "-frontend-maxconn", "2")
		one, two := c.open("fe", 0), c.open("fe", 0)
		three := c.waiting("fe", 0, "LIMITED")
		if variant == fixed {
			c.must("set maxconn frontend fe 10")
			three.served()
		} else {
			c.hangs("set maxconn frontend fe 10")
			three.getsNothing()
		}

		// Those that were served before go on in any case.
		one.echo("one")
		two.echo("two")
		if variant == buggy {
			c.expectHung()
			return
		}
		for _, cl := range []*client{one, two, three} {
			cl.close()
		}
		c.await("fe", 0, "conns=0")
		c.stop()
	})
}

// TestS3Collateral looks at what else works once a frontend is stuck: whatever
// does not need its lock.
func TestS3Collateral(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		backend := echoServer(t)
		c := start(t, variant,
			"-listen", "fe=127.0.0.1:0", "-backend", "fe="+backend,
			"-listen", "fe2=127.0.0.1:0", "-backend", "fe2="+backend)
		cl := seed(c)
		command := c.must
		if variant == buggy {
			command = func(line string) string { c.hangs(line); return "" }
		}

		command("set maxconn frontend fe 10")
		if info := c.must("show info"); !strings.Contains(info, "maxconn: 2000") {
			t.Errorf("show info: %s", info)
		}
		command("disable frontend fe")
		c.must("set maxconn frontend fe2 1")
		c.open("fe2", 0).close()
		c.await("fe2", 0, "conns=0", "state=READY")

		if variant == buggy {
			cl.getsNothing()
			c.expectHung()
			return
		}
		c.expect("fe", 0, "state=PAUSED")
		c.must("enable frontend fe")
		cl.served()
		cl.close()
		c.stop()
	})
}
