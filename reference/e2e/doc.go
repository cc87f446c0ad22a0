// Package e2e has the end-to-end tests of the reference proxy. They build both
// variants, with the race detector where there is one, run them as child
// processes on the loopback interface and check what a client and an
// administrator see: that buggy really hangs in the founding scenario and only
// there, and that fixed never does.
//
// What a test waits for it polls, with a deadline; nothing is assumed to have
// happened because time has passed.
package e2e
