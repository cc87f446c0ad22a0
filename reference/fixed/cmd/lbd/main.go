// Command lbd is a small TCP proxy.
//
//	lbd -listen 127.0.0.1:8080 -backend 127.0.0.1:9000 -admin unix@/tmp/lbd.sock
//
// An address is host:port or unix@path. It may follow "name=", which is the
// frontend that it belongs to ("fe" when not given), and a -listen address may
// end in ",n": it accepts n connections at a time. -listen and -backend may be
// given many times.
//
// SIGTERM or an interrupt closes the listeners and lets the connections end; a
// second one ends the process at once.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/lockreentry/lockreentry/reference/fixed/lb"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			os.Exit(2)
		}
		fmt.Fprintf(os.Stderr, "lbd: %v\n", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt)

	config, err := parse(args)
	if err != nil {
		return err
	}
	if err := lb.Start(config); err != nil {
		return err
	}
	defer lb.Close()
	for _, line := range lb.Addresses() {
		fmt.Println("listen", line)
	}
	fmt.Println("ready")

	<-signals
	go lb.SoftStop()
	select {
	case <-lb.Drained():
		return nil
	case <-signals:
		return errors.New("stopped while connections were open")
	}
}
