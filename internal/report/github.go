package report

import (
	"fmt"
	"io"
	"strings"
)

// A githubHandler writes workflow commands, which GitHub Actions shows as
// annotations of the changed lines. An annotation has one place only, so the
// path is part of its text.
type githubHandler struct {
	w    io.Writer
	opts Options
}

// Finding implements Handler.
func (h *githubHandler) Finding(f Finding) error {
	file, _ := Relative(h.opts.Root, f.Start.File)
	props := []string{"file=" + escapeProperty(file)}
	number := func(name string, n int) {
		if n > 0 {
			props = append(props, fmt.Sprintf("%s=%d", name, n))
		}
	}
	number("line", f.Start.Line)
	number("endLine", f.End.Line)
	if f.End.Line <= f.Start.Line { // columns are ignored for spans of several lines
		number("col", h.opts.Source.CodePointColumn(f.Start))
		number("endColumn", h.opts.Source.CodePointColumn(f.End))
	}
	props = append(props, "title="+escapeProperty(h.opts.Tool.Name+": "+f.Code))

	var text strings.Builder
	fmt.Fprintf(&text, "%s [%s]", f.Message, f.Code)
	for _, s := range f.Steps {
		file, _ := Relative(h.opts.Root, s.Start.File)
		fmt.Fprintf(&text, "\n%s:%d: %s", file, s.Start.Line, s.Message)
	}
	_, err := fmt.Fprintf(h.w, "::error %s::%s\n", strings.Join(props, ","), escapeData(text.String()))
	return err
}

// Note implements Handler. The format has no place for notes.
func (h *githubHandler) Note(Finding) error { return nil }

// Failure implements Handler.
func (h *githubHandler) Failure(f Failure) error {
	text := f.Message
	if f.Package != "" {
		text = f.Package + ": " + text
	}
	_, err := fmt.Fprintf(h.w, "::error title=%s::%s\n",
		escapeProperty(h.opts.Tool.Name+": could not analyse"), escapeData(text))
	return err
}

// Close implements Handler.
func (h *githubHandler) Close(s Summary) error {
	for _, e := range s.Stale {
		_, err := fmt.Fprintf(h.w, "::warning file=%s,title=%s::%s\n", escapeProperty(e.File),
			escapeProperty(h.opts.Tool.Name+": stale baseline entry"),
			escapeData(fmt.Sprintf("%s: %s [%s] is in the baseline but was not found", e.Function, e.Message, e.Code)))
		if err != nil {
			return err
		}
	}
	return nil
}

// escapeData escapes the text of a workflow command.
func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// escapeProperty escapes the value of a property of a workflow command.
func escapeProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
