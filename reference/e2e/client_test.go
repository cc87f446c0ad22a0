//go:build unix

package e2e

import (
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"
)

// echoServer starts a backend that sends back what it gets, and returns its
// address.
func echoServer(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_, _ = io.Copy(conn, conn)
			}()
		}
	}()
	return ln.Addr().String()
}

// client is a connection to a proxy.
type client struct {
	t    *testing.T
	conn net.Conn
}

// dial connects to the n-th listener of a frontend.
func (c *child) dial(frontend string, n int) *client {
	c.t.Helper()
	conn, err := dialAddr(c.addrs[frontend][n])
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = conn.Close() })
	return &client{c.t, conn}
}

// open connects and sees that it is served.
func (c *child) open(frontend string, n int) *client {
	c.t.Helper()
	cl := c.dial(frontend, n)
	cl.echo("open")
	return cl
}

// waiting connects, sends something and waits until the listener is in the
// given state because of it.
func (c *child) waiting(frontend string, n int, state string) *client {
	c.t.Helper()
	cl := c.dial(frontend, n)
	cl.send("waiting")
	c.await(frontend, n, "state="+state, "parked=1")
	return cl
}

// dialAddr connects to an address as lbd prints it.
func dialAddr(addr string) (net.Conn, error) {
	network := "tcp"
	if strings.HasPrefix(addr, "/") {
		network = "unix"
	}
	return net.DialTimeout(network, addr, clientDeadline)
}

func (cl *client) send(text string) {
	cl.t.Helper()
	if _, err := io.WriteString(cl.conn, text); err != nil {
		cl.t.Fatal(err)
	}
}

// receive reads until it has got text.
func (cl *client) receive(text string) {
	cl.t.Helper()
	if err := receive(cl.conn, text, clientDeadline); err != nil {
		cl.t.Fatalf("receive %q: %v", text, err)
	}
}

// served sees that what a waiting client has sent comes back.
func (cl *client) served() {
	cl.t.Helper()
	cl.receive("waiting")
}

// echo sends a text and sees that it comes back.
func (cl *client) echo(text string) {
	cl.t.Helper()
	cl.send(text)
	cl.receive(text)
}

// getsNothing sees that nothing has come.
func (cl *client) getsNothing() {
	cl.t.Helper()
	if err := receive(cl.conn, "?", silence); !errors.Is(err, os.ErrDeadlineExceeded) {
		cl.t.Errorf("want no answer, got error %v", err)
	}
}

// closed sees that the connection was closed without an answer.
func (cl *client) closed() {
	cl.t.Helper()
	err := receive(cl.conn, "?", clientDeadline)
	if err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		cl.t.Errorf("want the connection closed, got error %v", err)
	}
}

func (cl *client) close() { _ = cl.conn.Close() }

var errOther = errors.New("received something else")

// receive reads until text has come, within a time.
func receive(conn net.Conn, text string, within time.Duration) error {
	if err := conn.SetReadDeadline(time.Now().Add(within)); err != nil {
		return err
	}
	got := make([]byte, len(text))
	if _, err := io.ReadFull(conn, got); err != nil {
		return err
	}
	if string(got) != text {
		return errOther
	}
	return nil
}
