//go:build unix

package e2e

import (
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// stressCommands is everything the other scenarios do. Those who want traffic
// to flow are in the majority.
var stressCommands = []string{
	"set maxconn frontend fe 0",
	"set maxconn frontend fe 2",
	"set maxconn frontend fe 5",
	"set maxconn frontend fe 50",
	"set maxconn frontend fe2 1",
	"set maxconn frontend fe2 50",
	"set maxconn bind fe 1",
	"set maxconn bind fe 0",
	"set maxconn global 2",
	"set maxconn global 100",
	"set rate-limit frontend fe 20",
	"set rate-limit frontend fe 0",
	"disable frontend fe",
	"enable frontend fe",
	"enable frontend fe",
	"disable listeners",
	"enable listeners",
	"enable listeners",
	"show info",
	"show stat",
	"show errors",
	"show listeners",
}

// settle is what makes everything flow again, whatever happened before.
var settle = []string{
	"set maxconn global 1000",
	"set maxconn frontend fe 1000",
	"set maxconn frontend fe2 1000",
	"set maxconn bind fe 0",
	"set rate-limit frontend fe 0",
	"enable listeners",
}

// TestS11Stress mixes all scenarios at random. No command may hang, all must
// flow again afterwards, and all counts must come back to zero. It is for fixed
// only: buggy would hang, as it should.
func TestS11Stress(t *testing.T) {
	t.Parallel()
	duration := 5 * time.Second
	if testing.Short() {
		duration = time.Second
	}
	backend := echoServer(t)
	c := start(t, fixed,
		"-listen", "fe=127.0.0.1:0",
		"-listen", "fe=unix@"+filepath.Join(socketDir(t), "fe"),
		"-backend", "fe="+backend,
		"-listen", "fe2=127.0.0.1:0",
		"-backend", "fe2="+backend)

	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	end := time.Now().Add(duration)
	var wg sync.WaitGroup
	for n := range uint64(3) {
		random := rand.New(rand.NewPCG(seed, n))
		wg.Go(func() { c.stressAdmin(random, end) })
	}
	for _, addr := range append(c.addrs["fe"], c.addrs["fe2"]...) {
		for range 4 {
			wg.Go(func() { stressClient(addr, end) })
		}
	}
	wg.Wait()

	for _, command := range settle {
		c.must(command)
	}
	for _, frontend := range []string{"fe", "fe2"} {
		for n := range c.addrs[frontend] {
			c.open(frontend, n).close()
		}
	}
	c.expectIdle()
	c.stop()
}

// stressAdmin runs commands at random. They may be refused but must not hang.
func (c *child) stressAdmin(random *rand.Rand, end time.Time) {
	for time.Now().Before(end) {
		command := stressCommands[random.IntN(len(stressCommands))]
		if _, err := c.ask(command); err != nil {
			c.t.Errorf("%s: %v", command, err)
			return
		}
	}
}

// stressClient connects again and again. It does not wait long for an answer:
// the limits may be such that there is none.
func stressClient(addr string, end time.Time) {
	for time.Now().Before(end) {
		conn, err := dialAddr(addr)
		if err != nil {
			time.Sleep(time.Millisecond) // suspended
			continue
		}
		if _, err := io.WriteString(conn, "stress"); err == nil {
			_ = receive(conn, "stress", silence)
		}
		_ = conn.Close()
	}
}

// expectIdle waits until nothing is counted any more.
func (c *child) expectIdle() {
	c.t.Helper()
	for _, frontend := range []string{"fe", "fe2"} {
		for n := range c.addrs[frontend] {
			c.await(frontend, n, "state=READY", "conns=0", "parked=0", "queued=false", "fe_conns=0")
		}
	}
	info := ""
	c.poll(func() bool {
		info = c.must("show info")
		return strings.Contains(info, "curr_conns: 0")
	}, func() string { return "curr_conns: 0, last seen\n" + info })
}
