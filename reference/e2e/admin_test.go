//go:build unix

package e2e

import (
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"time"
)

// errHang is the error of a command that gets no answer.
var errHang = errors.New("no answer before the deadline")

// ask runs an admin command on a connection of its own and returns the answer.
func (c *child) ask(command string) (string, error) {
	conn, err := net.DialTimeout("unix", c.admin, commandDeadline)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(commandDeadline)); err != nil {
		return "", err
	}
	if _, err := io.WriteString(conn, command+"\n"); err != nil {
		return "", err
	}
	if err := conn.(*net.UnixConn).CloseWrite(); err != nil {
		return "", err
	}
	answer, err := io.ReadAll(conn)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return "", errHang
	}
	return strings.TrimSpace(string(answer)), err
}

// must runs a command that has to succeed.
func (c *child) must(command string) string {
	c.t.Helper()
	answer, err := c.ask(command)
	if err != nil {
		c.t.Fatalf("%s: %v", command, err)
	}
	if strings.HasPrefix(answer, "error:") {
		c.t.Fatalf("%s: %s", command, answer)
	}
	return answer
}

// refused runs a command that must answer with an error that says why.
func (c *child) refused(command, why string) {
	c.t.Helper()
	answer, err := c.ask(command)
	if err != nil {
		c.t.Fatalf("%s: %v", command, err)
	}
	if !strings.HasPrefix(answer, "error:") || !strings.Contains(answer, why) {
		c.t.Errorf("%s: got %q, want an error with %q", command, answer, why)
	}
}

// hangs runs a command that must not get an answer.
func (c *child) hangs(command string) {
	c.t.Helper()
	if answer, err := c.ask(command); !errors.Is(err, errHang) {
		c.t.Fatalf("%s: got %q and error %v, want it to hang", command, answer, err)
	}
}

// row is one line of an answer: its key=value pairs.
type row map[string]string

// has reports whether the row has all the given key=value pairs.
func (r row) has(pairs ...string) bool {
	for _, pair := range pairs {
		key, value, _ := strings.Cut(pair, "=")
		if r[key] != value {
			return false
		}
	}
	return true
}

// rows reads an answer.
func rows(answer string) []row {
	var all []row
	for line := range strings.Lines(answer) {
		r := row{}
		for _, pair := range strings.Fields(line) {
			key, value, _ := strings.Cut(pair, "=")
			r[key] = value
		}
		all = append(all, r)
	}
	return all
}

// listener returns the row of the n-th listener of a frontend.
func (c *child) listener(frontend string, n int) row {
	c.t.Helper()
	answer := c.must("show listeners")
	for _, r := range rows(answer) {
		if r["frontend"] != frontend {
			continue
		}
		if n == 0 {
			return r
		}
		n--
	}
	c.t.Fatalf("frontend %s has no such listener: %s", frontend, answer)
	return nil
}

// await waits until the n-th listener of a frontend has all the given
// key=value pairs.
func (c *child) await(frontend string, n int, pairs ...string) {
	c.t.Helper()
	var last row
	c.poll(func() bool {
		last = c.listener(frontend, n)
		return last.has(pairs...)
	}, func() string { return strings.Join(pairs, " ") + ": last seen " + last.String() })
}

// expect checks that the n-th listener of a frontend has all the given
// key=value pairs now.
func (c *child) expect(frontend string, n int, pairs ...string) {
	c.t.Helper()
	if r := c.listener(frontend, n); !r.has(pairs...) {
		c.t.Errorf("want %s: got %s", strings.Join(pairs, " "), r)
	}
}

// poll calls done until it reports true, and fails with what after a while.
func (c *child) poll(done func() bool, what func() string) {
	c.t.Helper()
	for end := time.Now().Add(stateDeadline); !done(); {
		if time.Now().After(end) {
			c.t.Fatalf("waited in vain for %s", what())
		}
		time.Sleep(5 * time.Millisecond) // between two looks
	}
}

// String lists the pairs in a fixed order.
func (r row) String() string {
	var words []string
	for _, key := range []string{"frontend", "state", "conns", "parked", "queued", "fe_conns", "fe_maxconn"} {
		words = append(words, key+"="+r[key])
	}
	return strings.Join(words, " ")
}
