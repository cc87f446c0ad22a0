//go:build unix

package e2e

import "testing"

// The limits that are not the founding scenario work in both variants.

// TestS4EmptyQueue raises the limit without any traffic: nothing is queued, so
// even buggy answers. It is what a test of the command alone would do.
func TestS4EmptyQueue(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		c := start(t, variant, "-listen", "127.0.0.1:0", "-backend", echoServer(t))
		c.must("set maxconn frontend fe 0")
		c.must("set maxconn frontend fe 10")
		c.expect("fe", 0, "state=READY", "fe_maxconn=10")
		c.open("fe", 0).close()
		c.stop()
	})
}

// TestS5ValueTooLow changes the limit to one that is reached already: nothing
// is taken out of the queue.
func TestS5ValueTooLow(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		c := start(t, variant, "-listen", "127.0.0.1:0", "-backend", echoServer(t), "-frontend-maxconn", "2")
		one, two := c.open("fe", 0), c.open("fe", 0)
		three := c.waiting("fe", 0, "LIMITED")
		c.must("set maxconn frontend fe 1")
		c.await("fe", 0, "state=LIMITED", "queued=true", "parked=1")

		one.close()
		c.await("fe", 0, "fe_conns=1", "state=LIMITED", "queued=true")
		three.getsNothing()
		two.close()
		three.served()
		three.close()
		c.stop()
	})
}

// TestS6Full raises the limit of the frontend while a listener has reached its
// own. The command looks after such listeners under the lock, and says so.
func TestS6Full(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		c := start(t, variant, "-listen", "127.0.0.1:0,1", "-backend", echoServer(t))
		one := c.open("fe", 0)
		two := c.waiting("fe", 0, "FULL")
		c.must("set maxconn frontend fe 50")
		c.await("fe", 0, "state=FULL", "fe_maxconn=50", "parked=1", "queued=false")
		two.getsNothing()

		c.must("set maxconn bind fe 2")
		two.served()
		three := c.waiting("fe", 0, "FULL")
		one.close()
		three.served()
		two.close()
		three.close()
		c.stop()
	})
}

// TestS7Release ends a connection while another waits.
func TestS7Release(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		c := start(t, variant, "-listen", "127.0.0.1:0", "-backend", echoServer(t), "-frontend-maxconn", "1")
		one := c.open("fe", 0)
		two := c.waiting("fe", 0, "LIMITED")
		one.close()
		two.served()
		two.close()
		c.await("fe", 0, "state=READY", "fe_conns=0", "conns=0")
		c.stop()
	})
}

// TestS8RateLimit lets more connections come than may per second: the timer of
// the frontend lets in those that had to wait.
func TestS8RateLimit(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		c := start(t, variant, "-listen", "127.0.0.1:0", "-backend", echoServer(t))
		c.must("set rate-limit frontend fe 2")
		var clients []*client
		for range 5 {
			cl := c.dial("fe", 0)
			cl.send("waiting")
			clients = append(clients, cl)
		}
		c.await("fe", 0, "state=LIMITED", "queued=true", "parked=1")
		for _, cl := range clients {
			cl.served()
		}
		c.must("set rate-limit frontend fe 0")
		for _, cl := range clients {
			cl.close()
		}
		c.await("fe", 0, "state=READY", "fe_conns=0")
		c.stop()
	})
}

// TestS10Global reaches the limit of the process, which two frontends share.
func TestS10Global(t *testing.T) {
	both(t, func(t *testing.T, variant string) {
		backend := echoServer(t)
		c := start(t, variant, "-maxconn", "1",
			"-listen", "fe=127.0.0.1:0", "-backend", "fe="+backend, "-frontend-maxconn", "100",
			"-listen", "fe2=127.0.0.1:0", "-backend", "fe2="+backend)
		one := c.open("fe", 0)
		two := c.waiting("fe", 0, "LIMITED")
		c.await("fe", 0, "queued=true", "fe_conns=1") // the queue is retried from time to time
		c.must("set maxconn frontend fe 200")         // not what it waits for
		c.await("fe", 0, "state=LIMITED", "queued=true")
		c.must("set maxconn global 2")
		two.served()

		// A connection of fe that ends makes room for one of fe2.
		three := c.waiting("fe2", 0, "LIMITED")
		one.close()
		three.served()
		two.close()
		three.close()
		c.stop()
	})
}
