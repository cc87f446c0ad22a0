//go:build !unix

package vetrun

import (
	"os"
	"os/exec"
)

// stopWhole has no means here to stop the children of a command with it.
func stopWhole(*exec.Cmd) {}

// usage returns the CPU time of a process that has ended. There is no peak
// memory here.
func usage(state *os.ProcessState) Usage {
	return Usage{CPU: state.UserTime() + state.SystemTime()}
}
