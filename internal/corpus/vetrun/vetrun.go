// Package vetrun runs go vet with a vet tool on the packages of a subject and
// measures it.
//
// It reads the JSON that go vet passes through. In that mode the go command
// exits with 0 whatever the tool reported, and a unit whose analysis failed
// leaves either an error in the JSON, or a message and a failure status, or
// nothing at all: Result.Failures has all three.
package vetrun

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/lockreentry/lockreentry/internal/corpus/subject"
)

// A Run says what to run.
type Run struct {
	Tool     string   // path of the vet tool
	Flags    []string // flags of the vet tool
	Dir      string   // directory of the module that go vet runs in
	Env      []string // environment of go vet
	Packages []string // import paths
	Units    int      // number of units that must answer
	WorkDir  string   // when not empty, go vet leaves its intermediate files below it

	// Timeout ends a run that takes longer; zero means never.
	Timeout time.Duration
}

// A Result is what a run reported and what it cost.
type Result struct {
	Diagnostics []Diagnostic
	Failures    []Failure
	Usage       Usage
}

// A Usage is what a run cost.
type Usage struct {
	Wall    time.Duration
	CPU     time.Duration // user and system time of the go command and all its children
	PeakRSS int64         // bytes; of the largest single process
}

// A Failure says that something could not be analysed.
type Failure struct {
	Package string // empty when not known
	Message string
}

// String returns the failure as one line.
func (f Failure) String() string {
	if f.Package == "" {
		return f.Message
	}
	return f.Package + ": " + f.Message
}

// On returns a run on the packages of a subject. Those that cannot be loaded
// are failures.
func On(w *subject.Workspace, pkgs []subject.Package) (Run, []Failure) {
	var failures []Failure
	run := Run{Dir: w.Dir, Env: subject.Env()}
	for _, p := range pkgs {
		if p.Err != "" {
			failures = append(failures, Failure{Package: p.ImportPath, Message: p.Err})
		} else if p.Units > 0 {
			run.Packages = append(run.Packages, p.ImportPath)
			run.Units += p.Units
		}
	}
	return run, failures
}

// Do runs go vet. An error means that it could not be run at all; what it could
// not analyse, in time, is in the result.
func (r Run) Do(parent context.Context) (*Result, error) {
	ctx, cancel := r.context(parent)
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", r.args()...)
	cmd.Dir = r.Dir
	cmd.Env = append(slices.Clone(r.Env), "GOTMPDIR="+cmp.Or(r.WorkDir, r.Dir))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr

	cost, runErr := Measure(cmd)

	var exit *exec.ExitError
	var result *Result
	var err error
	switch {
	case parent.Err() != nil:
		return nil, parent.Err()
	case ctx.Err() != nil: // what it wrote may end anywhere
		result = &Result{Failures: []Failure{{Message: fmt.Sprintf("not done within %v", r.Timeout)}}}
	case runErr != nil && !errors.As(runErr, &exit):
		return nil, fmt.Errorf("run go vet: %w", runErr)
	default:
		if result, err = r.read(stdout.Bytes(), stderr.Bytes(), runErr != nil); err != nil {
			return nil, fmt.Errorf("read output of go vet: %w", err)
		}
	}
	result.Usage = cost
	return result, nil
}

// Measure runs a command and returns what it cost. A command that is stopped
// takes its children with it.
func Measure(cmd *exec.Cmd) (Usage, error) {
	stopWhole(cmd)
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	var u Usage
	if cmd.ProcessState != nil { // it was started
		u = usage(cmd.ProcessState)
	}
	u.Wall = wall
	return u, err
}

// context returns the context of the run, which ends with the timeout.
func (r Run) context(parent context.Context) (context.Context, context.CancelFunc) {
	if r.Timeout == 0 {
		return context.WithCancel(parent)
	}
	return context.WithTimeout(parent, r.Timeout)
}

// args returns the arguments of the go command.
func (r Run) args() []string {
	args := append([]string{"vet", "-json", "-vettool=" + r.Tool}, r.Flags...)
	if r.WorkDir != "" {
		args = append(args, "-work")
	}
	return append(args, r.Packages...)
}

// read collects diagnostics and failures.
func (r Run) read(stdout, stderr []byte, failed bool) (*Result, error) {
	result := new(Result)
	units, err := result.decode(stdout)
	if err != nil {
		return nil, err
	}
	if failed {
		result.Failures = append(result.Failures, stderrFailures(stderr)...)
	}
	if len(result.Failures) == 0 && units < r.Units {
		result.Failures = append(result.Failures, Failure{
			Message: fmt.Sprintf("%d of %d units gave no answer", r.Units-units, r.Units),
		})
	}
	return result, nil
}

// Build compiles a main package, from the module in dir, into the directory
// out, and returns the name of the executable.
func Build(ctx context.Context, dir, pkg, out string) (string, error) {
	tool := filepath.Join(out, path.Base(pkg))
	cmd := exec.CommandContext(ctx, "go", "build", "-o", tool, pkg)
	cmd.Dir = dir
	if text, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", pkg, err, bytes.TrimSpace(text))
	}
	return tool, nil
}

// Copy copies the tool to a new file in dir and appends the salt to it.
//
// The go command keys the results of vet by the hash of the tool, so a copy
// shares results only with copies of the same salt, and all of them share the
// compiled packages. There are two uses:
//
// A salt that was never used before makes a cold run.
//
// A salt that names the packages keeps runs on different packages apart. They
// must be: the go command (as of Go 1.26) does not distinguish the results for
// a package that was asked for from those for one that was only imported, and
// the latter have no diagnostics. A package that was once vetted as an import
// of another would have none when it is asked for later.
func Copy(tool, dir, salt string) (string, error) {
	data, err := os.ReadFile(tool)
	if err != nil {
		return "", fmt.Errorf("copy vet tool: %w", err)
	}
	file, err := os.CreateTemp(dir, "tool")
	if err != nil {
		return "", fmt.Errorf("copy vet tool: %w", err)
	}
	_, err = file.Write(fmt.Appendf(data, "\n%s\n", salt))
	if err = errors.Join(err, file.Chmod(0o755), file.Close()); err != nil {
		return "", fmt.Errorf("copy vet tool: %w", err)
	}
	return file.Name(), nil
}

// Unused returns a salt that was never used before.
func Unused() string { return rand.Text() }
