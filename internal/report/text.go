package report

import (
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SGR sequences of the text format.
const (
	sgrBold  = "\x1b[1m"
	sgrRed   = "\x1b[1;31m"
	sgrBlue  = "\x1b[1;34m"
	sgrReset = "\x1b[0m"
)

// A textHandler writes findings for people: the finding on one line, then its
// path step by step with the source lines.
type textHandler struct {
	w    io.Writer
	opts Options
	n    int
}

// Finding implements Handler.
func (h *textHandler) Finding(f Finding) error {
	var b strings.Builder
	if h.n > 0 {
		b.WriteByte('\n')
	}
	h.n++
	fmt.Fprintf(&b, "%s: %s %s\n",
		h.paint(sgrBold, h.position(f.Start)),
		printable(f.Message),
		h.paint(sgrRed, "["+f.Code+"]"))
	width := len(strconv.Itoa(maxLine(f)))
	for _, s := range f.Steps {
		fmt.Fprintf(&b, "%*s%s %s  %s\n", width, "", h.paint(sgrBlue, "-->"), h.position(s.Start), printable(s.Message))
		h.snippet(&b, s.Span, width)
	}
	if len(f.Steps) == 0 {
		h.snippet(&b, f.Span, width)
	}
	_, err := io.WriteString(h.w, b.String())
	return err
}

// Note implements Handler. The code tells a note from a finding.
func (h *textHandler) Note(f Finding) error { return h.Finding(f) }

// Failure implements Handler. The driver tells of failures on standard error.
func (h *textHandler) Failure(Failure) error { return nil }

// Close implements Handler. The driver writes the summary on standard error.
func (h *textHandler) Close(Summary) error { return nil }

// snippet writes the source line where sp starts, underlined.
func (h *textHandler) snippet(b *strings.Builder, sp Span, width int) {
	line, ok := h.opts.Source.Line(sp.Start.File, sp.Start.Line)
	if !ok {
		return
	}
	bar := h.paint(sgrBlue, "|")
	fmt.Fprintf(b, "%s %s %s\n", h.paint(sgrBlue, fmt.Sprintf("%*d", width, sp.Start.Line)), bar, printable(line))
	if mark := underline(line, sp); mark != "" {
		fmt.Fprintf(b, "%*s %s %s\n", width, "", bar, h.paintMark(mark))
	}
}

// position formats p relative to the working directory.
func (h *textHandler) position(p Position) string {
	file := printable(h.file(p.File))
	switch {
	case p.Line == 0:
		return file
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", file, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", file, p.Line, p.Column)
}

// file names a file relative to the working directory when both lie in the
// root, so that the names can be opened from there.
func (h *textHandler) file(name string) string {
	rel, inside := Relative(h.opts.Dir, name)
	if inside {
		return rel
	}
	if _, inside := Relative(h.opts.Root, name); !inside {
		return rel
	}
	up, err := filepath.Rel(h.opts.Dir, name)
	if err != nil {
		return rel
	}
	return filepath.ToSlash(up)
}

// paint wraps text in an SGR sequence when colour is on.
func (h *textHandler) paint(sgr, text string) string {
	if !h.opts.Colour {
		return text
	}
	return sgr + text + sgrReset
}

// paintMark paints the carets of an underline and leaves its indent alone.
func (h *textHandler) paintMark(mark string) string {
	i := strings.IndexByte(mark, '^')
	return mark[:i] + h.paint(sgrRed, mark[i:])
}

// underline returns the line that marks sp below the given source line: the
// indent of the line with its tabs kept, then carets.
func underline(line string, sp Span) string {
	start := sp.Start.Column - 1
	if start < 0 || start >= len(line) {
		return ""
	}
	end := start + 1
	switch {
	case sp.End.Line == sp.Start.Line && sp.End.Column-1 > start:
		end = min(sp.End.Column-1, len(line))
	case sp.End.Line > sp.Start.Line:
		end = len(line)
	}
	var b strings.Builder
	for _, r := range line[:start] {
		if r != '\t' {
			r = ' '
		}
		b.WriteRune(r)
	}
	b.WriteString(strings.Repeat("^", utf8.RuneCountInString(line[start:end])))
	return b.String()
}

// maxLine returns the largest line number that f shows.
func maxLine(f Finding) int {
	n := 0
	if len(f.Steps) == 0 {
		n = f.Start.Line
	}
	for _, s := range f.Steps {
		n = max(n, s.Start.Line)
	}
	return n
}

// printable replaces what a terminal could take for a command.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
