package driver

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/lockreentry/lockreentry/internal/report"
)

// remote matches the end of the message of a step: the operation and where it
// is written, as in "Cache.Len calls c.mu.RLock at cache.go:11".
var remote = regexp.MustCompile(`(\w+) at ([^\s/\\]+\.go):(\d+)$`)

// locate gives the steps of findings their real places.
//
// An analyzer that sees one package at a time has no position for a step in
// another package: the step sits at the call that leads there, and its message
// names the file, without directory, and the line. Here all packages can be
// looked at, so the place is searched for: the one file of that name among the
// dependencies whose line holds the operation. If there are two, the step
// stays where it is.
func (r *result) locate(ctx context.Context, f *flags) {
	var packages []string
	for _, finding := range slices.Concat(r.findings, r.notes) {
		if slices.ContainsFunc(finding.Steps, isRemote) {
			packages = append(packages, finding.Package)
		}
	}
	slices.Sort(packages)
	var files map[string][]string
	if packages = slices.Compact(packages); len(packages) > 0 {
		files = sourceFiles(ctx, f, packages)
	}
	for _, finding := range slices.Concat(r.findings, r.notes) {
		for j := range finding.Steps {
			s := &finding.Steps[j]
			if isRemote(*s) {
				r.place(s, files)
			}
			at := fmt.Sprintf(" at %s:%d", filepath.Base(s.Start.File), s.Start.Line)
			s.Message = strings.Replace(s.Message, at, "", 1) // the position says it
		}
	}
}

// isRemote reports whether the message of s speaks of another place than s has.
func isRemote(s report.Step) bool {
	m := remote.FindStringSubmatch(s.Message)
	return m != nil && (m[2] != filepath.Base(s.Start.File) || m[3] != strconv.Itoa(s.Start.Line))
}

// place moves a remote step to the only place that its message can mean.
func (r *result) place(s *report.Step, files map[string][]string) {
	m := remote.FindStringSubmatch(s.Message)
	operation := regexp.MustCompile(`\b` + m[1] + `\b`)
	line, err := strconv.Atoi(m[3])
	if err != nil {
		return
	}
	var found []report.Span
	for _, file := range files[m[2]] {
		text, _ := r.source.Line(file, line)
		if at := operation.FindStringIndex(text); at != nil {
			found = append(found, report.Span{
				Start: report.Position{File: file, Line: line, Column: at[0] + 1},
				End:   report.Position{File: file, Line: line, Column: at[1] + 1},
			})
		}
	}
	if len(found) == 1 {
		s.Span = found[0]
	}
}

// sourceFiles lists the source files of packages and all that they import, by
// their base names. If the go command cannot say, there are none.
func sourceFiles(ctx context.Context, f *flags, packages []string) map[string][]string {
	args := []string{"list", "-e", "-deps", "-test", "-json=Dir,GoFiles,CgoFiles"}
	if f.tags != "" {
		args = append(args, "-tags="+f.tags)
	}
	cmd := exec.CommandContext(ctx, "go", append(append(args, "--"), packages...)...)
	cmd.Dir = f.dir
	out, _ := cmd.Output()
	files := make(map[string][]string)
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			Dir               string
			GoFiles, CgoFiles []string
		}
		if dec.Decode(&p) != nil {
			return files
		}
		for _, base := range slices.Concat(p.GoFiles, p.CgoFiles) {
			if file := filepath.Join(p.Dir, base); !slices.Contains(files[base], file) {
				files[base] = append(files[base], file)
			}
		}
	}
}
