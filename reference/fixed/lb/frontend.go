package lb

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
)

func init() {
	register(
		keyword{[]string{"set", "maxconn", "frontend"}, "<frontend> <n>", setMaxconnFrontend},
		keyword{[]string{"set", "maxconn", "bind"}, "<frontend> <n>", setMaxconnBind},
		keyword{[]string{"set", "rate-limit", "frontend"}, "<frontend> <connections per second, 0: no limit>", setRateLimitFrontend},
		keyword{[]string{"disable", "frontend"}, "<frontend>", disableFrontend},
		keyword{[]string{"enable", "frontend"}, "<frontend>", enableFrontend},
		keyword{[]string{"shutdown", "frontend"}, "<frontend>", shutdownFrontend},
	)
}

// frontendArg returns the frontend that the first of n arguments names.
func frontendArg(args []string, n int) (*Proxy, error) {
	if len(args) != n {
		return nil, fmt.Errorf("expected %d arguments", n)
	}
	px := findFrontend(args[0])
	if px == nil {
		return nil, fmt.Errorf("no such frontend: %s", args[0])
	}
	return px, nil
}

// frontendAndLimit returns the frontend and the limit that two arguments name.
func frontendAndLimit(args []string) (*Proxy, int64, error) {
	px, err := frontendArg(args, 2)
	if err != nil {
		return nil, 0, err
	}
	v, err := parseLimit(args[1])
	return px, v, err
}

// setMaxconnFrontend changes the limit of a frontend. A higher one shows at
// once, a lower one with the next connection.
func setMaxconnFrontend(_ *bytes.Buffer, args []string) error {
	px, v, err := frontendAndLimit(args)
	if err != nil {
		return err
	}

	px.mu.Lock()
	px.maxconn.Store(v)
	for _, l := range px.listeners {
		if l.is(stateFull) {
			relaxListener(l, true, false)
		}
	}
	if px.hasRoom() {
		dequeueProxyListeners(px, true)
	}
	px.mu.Unlock()
	return nil
}

// setMaxconnBind changes the limit of each listener of a frontend.
func setMaxconnBind(_ *bytes.Buffer, args []string) error {
	px, v, err := frontendAndLimit(args)
	if err != nil {
		return err
	}

	px.mu.Lock()
	listeners := slices.Clone(px.listeners)
	for _, l := range listeners {
		l.bind.maxconn.Store(v)
	}
	px.mu.Unlock()

	// Each takes the lock of px for itself, so others have their turn.
	for _, l := range listeners {
		relaxListener(l, false, false)
	}
	return nil
}

// setRateLimitFrontend changes how many connections a frontend accepts per
// second. Its task does the rest.
func setRateLimitFrontend(_ *bytes.Buffer, args []string) error {
	px, v, err := frontendAndLimit(args)
	if err != nil {
		return err
	}
	px.feSpsLim.Store(v)
	px.task.Wakeup()
	return nil
}

// disableFrontend takes a frontend out of service until it is enabled.
func disableFrontend(_ *bytes.Buffer, args []string) error {
	px, err := frontendArg(args, 1)
	if err != nil {
		return err
	}
	if px.stopped() {
		return errors.New("frontend was previously shut down, cannot disable")
	}
	if px.liReady.Load() == 0 {
		return errors.New("all sockets are already disabled")
	}
	return pauseProxy(px)
}

// enableFrontend puts a frontend back into service.
func enableFrontend(_ *bytes.Buffer, args []string) error {
	px, err := frontendArg(args, 1)
	if err != nil {
		return err
	}
	if px.stopped() {
		return errors.New("frontend was previously shut down, cannot enable")
	}
	if px.liReady.Load() == px.liAll.Load() {
		return errors.New("all sockets are already enabled")
	}
	return resumeProxy(px)
}

// shutdownFrontend closes the listeners of a frontend for good.
func shutdownFrontend(_ *bytes.Buffer, args []string) error {
	px, err := frontendArg(args, 1)
	if err != nil {
		return err
	}
	if px.stopped() {
		return errors.New("frontend was already shut down")
	}
	stopProxy(px)
	return nil
}
