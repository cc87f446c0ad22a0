//go:build unix

package e2e

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Deadlines. All but the first are far more than anything takes that works.
const (
	commandDeadline = 3 * time.Second // of an admin command; past it, it hangs
	stateDeadline   = 20 * time.Second
	clientDeadline  = 20 * time.Second
	childDeadline   = 30 * time.Second // to start, to end
	silence         = 100 * time.Millisecond
)

// child is a running proxy.
type child struct {
	t      *testing.T
	cmd    *exec.Cmd
	admin  string              // path of the admin socket
	addrs  map[string][]string // of each frontend
	stderr *buffer
	ended  chan struct{} // closed when the process has
}

// both runs a test on each variant.
func both(t *testing.T, test func(t *testing.T, variant string)) {
	t.Parallel()
	for _, variant := range []string{buggy, fixed} {
		t.Run(variant, func(t *testing.T) {
			t.Parallel()
			test(t, variant)
		})
	}
}

// start runs a proxy with an admin socket and the given flags. When the test
// ends it is gone and has been checked for data races.
func start(t *testing.T, variant string, flags ...string) *child {
	t.Helper()
	if err := build(); err != nil {
		t.Fatal(err)
	}
	c := &child{
		t:      t,
		admin:  filepath.Join(socketDir(t), "admin"),
		addrs:  map[string][]string{},
		stderr: &buffer{},
		ended:  make(chan struct{}),
	}
	c.cmd = exec.Command(binary(variant), append(flags, "-admin", "unix@"+c.admin)...)
	// The race detector sleeps before it exits unless told not to.
	c.cmd.Env = append(os.Environ(), "GOTRACEBACK=all", "GORACE=atexit_sleep_ms=0")
	c.cmd.Stderr = c.stderr
	stdout, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.cleanup)

	// Reading ends at the latest when the process does.
	late := time.AfterFunc(childDeadline, func() { _ = c.cmd.Process.Kill() })
	defer late.Stop()
	ready := c.readAddresses(bufio.NewScanner(stdout))
	go func() {
		_ = c.cmd.Wait() // the exit code says it all
		close(c.ended)
	}()
	if !ready {
		t.Fatalf("%s did not get ready: %s", variant, c.stderr)
	}
	return c
}

// readAddresses reads what the child listens on until it says it is ready.
func (c *child) readAddresses(lines *bufio.Scanner) bool {
	for lines.Scan() {
		switch words := strings.Fields(lines.Text()); {
		case len(words) == 3 && words[0] == "listen":
			c.addrs[words[1]] = append(c.addrs[words[1]], words[2])
		case len(words) == 1 && words[0] == "ready":
			return true
		}
	}
	return false
}

// cleanup ends a child that still runs.
func (c *child) cleanup() {
	_ = c.cmd.Process.Kill() // fails when it has ended
	<-c.ended
	if log := c.stderr.String(); strings.Contains(log, "DATA RACE") {
		c.t.Errorf("data race in the child:\n%s", log)
	}
}

// signal sends a signal to the child.
func (c *child) signal(sig syscall.Signal) {
	c.t.Helper()
	if err := c.cmd.Process.Signal(sig); err != nil {
		c.t.Fatal(err)
	}
}

// waitEnd waits until the child has ended and returns its exit code.
func (c *child) waitEnd() int {
	c.t.Helper()
	select {
	case <-c.ended:
		return c.cmd.ProcessState.ExitCode()
	case <-time.After(childDeadline):
		c.t.Fatal("the child does not end")
		return -1
	}
}

// stop ends the child softly: it must do so by itself.
func (c *child) stop() {
	c.t.Helper()
	c.signal(syscall.SIGTERM)
	if code := c.waitEnd(); code != 0 {
		c.t.Errorf("exit code %d: %s", code, c.stderr)
	}
}

// goroutines makes the child dump its goroutines, which ends it, and returns
// them.
func (c *child) goroutines() []string {
	c.t.Helper()
	c.signal(syscall.SIGQUIT)
	c.waitEnd()
	return strings.Split(c.stderr.String(), "\n\n")
}

// socketDir makes a directory for unix sockets, whose paths must be short.
func socketDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "lbd")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// buffer collects what a child writes while it runs.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
