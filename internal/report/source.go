package report

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// A Source reads lines of source files and remembers the files it has read.
type Source struct {
	files map[string][][]byte
}

// NewSource returns a Source that reads from the file system.
func NewSource() *Source { return &Source{files: make(map[string][][]byte)} }

// Line returns the given line of a file without its end, and false when there
// is no such line.
func (s *Source) Line(file string, line int) (string, bool) {
	lines, ok := s.files[file]
	if !ok {
		if data, err := os.ReadFile(file); err == nil {
			lines = bytes.Split(data, []byte("\n"))
		}
		s.files[file] = lines
	}
	if line < 1 || line > len(lines) {
		return "", false
	}
	return strings.TrimSuffix(string(lines[line-1]), "\r"), true
}

// CodePointColumn returns the column of p counted in Unicode code points
// instead of bytes.
func (s *Source) CodePointColumn(p Position) int {
	text, ok := s.Line(p.File, p.Line)
	if !ok || p.Column < 1 || p.Column-1 > len(text) {
		return p.Column
	}
	return utf8.RuneCountInString(text[:p.Column-1]) + 1
}

// Relative returns file as a slash-separated path relative to dir, and true;
// or file itself, with slashes, and false when it lies outside of dir.
func Relative(dir, file string) (string, bool) {
	if !filepath.IsAbs(file) {
		return filepath.ToSlash(file), true
	}
	rel, err := filepath.Rel(dir, file)
	if dir == "" || err != nil || !filepath.IsLocal(rel) {
		return filepath.ToSlash(file), false
	}
	return filepath.ToSlash(rel), true
}
