//go:build unix

package vetrun

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// stopWhole makes a command that is stopped take its children with it: the go
// command would leave a vet tool running.
func stopWhole(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// usage returns what a process that has ended cost, with all its children that
// it waited for.
func usage(state *os.ProcessState) Usage {
	u := Usage{CPU: state.UserTime() + state.SystemTime()}
	if r, ok := state.SysUsage().(*syscall.Rusage); ok {
		u.PeakRSS = int64(r.Maxrss)
		if runtime.GOOS != "darwin" && runtime.GOOS != "ios" {
			u.PeakRSS *= 1024 // reported in kilobytes
		}
	}
	return u
}
