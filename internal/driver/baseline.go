package driver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/report"
)

// baselineVersion is the version of the format of baseline files.
const baselineVersion = 1

// A baseline lists findings that are known and not to be reported. Only the
// fingerprint decides; the rest is for the people who read the file.
type baseline struct {
	Version  int             `json:"version"`
	Findings []baselineEntry `json:"findings"`
}

// A baselineEntry is one finding of a baseline.
type baselineEntry struct {
	Fingerprint string `json:"fingerprint"`
	Code        string `json:"code"`
	File        string `json:"file"`
	Function    string `json:"function"`
	Message     string `json:"message"`
}

// readBaseline reads the baseline that the flags name, or an empty one.
func readBaseline(f *flags) (*baseline, error) {
	if f.baseline == "" {
		return new(baseline), nil
	}
	data, err := os.ReadFile(f.path(f.baseline))
	if err != nil {
		return nil, usagef("read baseline: %w", err)
	}
	b, err := parseBaseline(data)
	if err != nil {
		return nil, usagef("read baseline: %s: %w", f.baseline, err)
	}
	return b, nil
}

// parseBaseline decodes a baseline. Errors carry the line and column.
func parseBaseline(data []byte) (*baseline, error) {
	b := new(baseline)
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(b); err != nil {
		var syntax *json.SyntaxError
		var mismatch *json.UnmarshalTypeError
		switch {
		case errors.As(err, &syntax):
			return nil, fmt.Errorf("%s: %w", lineColumn(data, syntax.Offset), err)
		case errors.As(err, &mismatch):
			return nil, fmt.Errorf("%s: %w", lineColumn(data, mismatch.Offset), err)
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil, fmt.Errorf("%s: the file ends too early", lineColumn(data, int64(len(data))+1))
		}
		return nil, err
	}
	if b.Version != baselineVersion {
		return nil, fmt.Errorf("version %d is not known: want %d (written by -write-baseline)", b.Version, baselineVersion)
	}
	for i, e := range b.Findings {
		if e.Fingerprint == "" {
			return nil, fmt.Errorf("finding %d has no fingerprint", i+1)
		}
	}
	return b, nil
}

// lineColumn formats the place of a byte of data.
func lineColumn(data []byte, offset int64) string {
	before := data[:min(max(offset-1, 0), int64(len(data)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return fmt.Sprintf("%d:%d", line, column)
}

// subtract takes the findings that b lists out of r and sums up what is left.
// Entries that matched nothing are stale, unless something could not be
// analysed: then their findings may merely not have been seen.
func (b *baseline) subtract(r *result) report.Summary {
	known := make(map[string]bool) // fingerprint: matched
	for _, e := range b.Findings {
		known[e.Fingerprint] = false
	}
	var left []report.Finding
	for _, f := range r.findings {
		if _, ok := known[f.Fingerprint]; ok {
			known[f.Fingerprint] = true
			continue
		}
		left = append(left, f)
	}
	s := report.Summary{
		Findings:  len(left),
		Baselined: len(r.findings) - len(left),
		Failures:  len(r.failures),
	}
	r.findings = left
	for _, e := range b.Findings {
		if !known[e.Fingerprint] && s.Failures == 0 {
			s.Stale = append(s.Stale, report.Stale{
				Code: e.Code, File: e.File, Function: e.Function, Message: e.Message, Fingerprint: e.Fingerprint,
			})
			known[e.Fingerprint] = true // once is enough
		}
	}
	return s
}

// covered returns the stale entries whose files were analysed: of others a
// run of some packages only says nothing. Entries of directories that are gone
// are stale in any case.
func covered(ctx context.Context, f *flags, patterns []string, stale []report.Stale) ([]report.Stale, error) {
	if len(stale) == 0 {
		return nil, nil
	}
	dirs, err := listPackages(ctx, f, "Dir", patterns, io.Discard)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(stale, func(e report.Stale) bool {
		dir := filepath.Dir(filepath.Join(f.root, filepath.FromSlash(e.File)))
		_, err := os.Stat(dir)
		return err == nil && !slices.Contains(dirs, dir)
	}), nil
}

// writeBaseline writes the findings of r to the file that the flags name.
// When something could not be analysed it writes nothing: the list would lack
// findings that show up later.
func (c *Command) writeBaseline(f *flags, r *result) error {
	if n := len(r.failures); n > 0 {
		return fmt.Errorf("no baseline written; the analysis is incomplete: %s", plural(n, "failure", "failures"))
	}
	b := baseline{Version: baselineVersion, Findings: []baselineEntry{}}
	for _, finding := range r.findings {
		file, _ := report.Relative(f.root, finding.Start.File)
		b.Findings = append(b.Findings, baselineEntry{
			Fingerprint: finding.Fingerprint,
			Code:        finding.Code,
			File:        file,
			Function:    finding.Function,
			Message:     positions.ReplaceAllString(finding.Message, "$1"),
		})
	}
	var text strings.Builder
	enc := json.NewEncoder(&text)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(b); err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	if err := os.WriteFile(f.path(f.writeBaseline), []byte(text.String()), 0o666); err != nil {
		return usagef("write baseline: %w", err)
	}
	fmt.Fprintf(c.Stderr, "%s: %s listed in %s\n", c.Analyzer.Name, plural(len(b.Findings), "finding", "findings"), f.writeBaseline)
	return nil
}
