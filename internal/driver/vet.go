package driver

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lockreentry/lockreentry/analyzer"
	"github.com/lockreentry/lockreentry/internal/report"
)

// A vetTree is what the vettool prints for one package: package ID, then name
// of the analyzer, then diagnostics or an error.
type vetTree map[string]map[string]json.RawMessage

// vetError is the error of an analyzer in a vetTree.
type vetError struct {
	Err string `json:"error"`
}

// vetDiagnostic is a diagnostic in a vetTree.
type vetDiagnostic struct {
	vetSpan
	Category string       `json:"category"`
	Message  string       `json:"message"`
	Related  []vetRelated `json:"related"`
}

// vetRelated is related information of a vetDiagnostic.
type vetRelated struct {
	vetSpan
	Message string `json:"message"`
}

// vetSpan is a range of source text in a vetTree.
type vetSpan struct {
	Posn string `json:"posn"` // file.go:line:column
	End  string `json:"end"`
}

// span parses s.
func (s vetSpan) span() report.Span {
	return report.Span{Start: parsePosition(s.Posn), End: parsePosition(s.End)}
}

// parsePosition parses file:line:column, file:line or file.
func parsePosition(s string) report.Position {
	var numbers []int
	for len(numbers) < 2 {
		i := strings.LastIndexByte(s, ':')
		if i < 0 {
			break
		}
		n, err := strconv.Atoi(s[i+1:])
		if err != nil {
			break
		}
		numbers = append(numbers, n)
		s = s[:i]
	}
	p := report.Position{File: s}
	switch len(numbers) {
	case 2:
		p.Line, p.Column = numbers[1], numbers[0]
	case 1:
		p.Line = numbers[0]
	}
	if s == "-" { // package token's unknown position
		return report.Position{}
	}
	return p
}

// rootsKey identifies the set of packages that are to be analysed. The go
// command keeps the result of a package that it analysed as a dependency,
// without diagnostics, under the key that it looks up when the package itself
// is asked for; a flag with the set in it keeps the two apart.
func rootsKey(ctx context.Context, f *flags, patterns []string) string {
	list, err := listPackages(ctx, f, "ImportPath", patterns, io.Discard)
	if err != nil {
		return "unknown" // go vet says what is wrong
	}
	slices.Sort(list)
	sum := sha256.Sum256([]byte(strings.Join(list, "\n")))
	return hex.EncodeToString(sum[:8])
}

// vet runs "go vet" with this program as its vettool on the given packages.
// It calls unit for what the vettool printed of each package. What the go
// command says besides goes to messages. It returns false when the go command
// failed, which it does when there is something it could not analyse.
func vet(ctx context.Context, f *flags, patterns []string, unit func(vetTree), messages io.Writer) (bool, error) {
	self, err := os.Executable()
	if err != nil {
		return false, fmt.Errorf("find own executable: %w", err)
	}
	args := []string{"vet", "-json", "-vettool=" + self}
	if f.tags != "" {
		args = append(args, "-tags="+f.tags)
	}
	args = append(args, f.analyzer...)
	if f.roots {
		args = append(args, "-"+analyzer.RootsFlag+"="+rootsKey(ctx, f, patterns))
	}
	args = append(args, "--")
	cmd := exec.CommandContext(ctx, "go", append(args, patterns...)...)
	cmd.Dir = f.dir
	cmd.Stderr = messages
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it stops what it started
	cmd.WaitDelay = 5 * time.Second
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return false, fmt.Errorf("run the go command: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return false, fmt.Errorf("run the go command: %w", err)
	}
	decodeErr := decodeTrees(stdout, unit)
	err = cmd.Wait()
	var failed *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return false, fmt.Errorf("interrupted: %w", context.Cause(ctx))
	case err != nil && !errors.As(err, &failed):
		return false, fmt.Errorf("run the go command: %w", err)
	case decodeErr != nil:
		return false, fmt.Errorf("read the output of go vet: %w", decodeErr)
	}
	return err == nil, nil
}

// decodeTrees calls unit for each tree of a stream. After an error it reads
// on to the end, so that the writer does not block.
func decodeTrees(r io.Reader, unit func(vetTree)) error {
	dec := json.NewDecoder(r)
	for {
		var tree vetTree
		if err := dec.Decode(&tree); err != nil {
			_, _ = io.Copy(io.Discard, r)
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		unit(tree)
	}
}
