package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// hunk is one place that a patch changes: the lines there before and after,
// both with the lines around it.
type hunk struct {
	old, new []string
}

// parsePatch reads a patch in unified format and returns the hunks of each
// file. File names lose their first element ("a/", "b/"). Line numbers are not
// read: the lines around a change say where it belongs, so the patch survives
// edits elsewhere in the file.
func parsePatch(text string) (map[string][]hunk, error) {
	files := map[string][]hunk{}
	name := ""
	var current *hunk
	for n, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "--- "):
			current = nil
		case strings.HasPrefix(line, "+++ "):
			_, path, ok := strings.Cut(strings.TrimPrefix(line, "+++ "), "/")
			if !ok {
				return nil, fmt.Errorf("line %d: no file name", n+1)
			}
			name = path
		case strings.HasPrefix(line, "@@"):
			if name == "" {
				return nil, fmt.Errorf("line %d: a hunk without a file", n+1)
			}
			files[name] = append(files[name], hunk{})
			current = &files[name][len(files[name])-1]
		case current == nil:
			// Words before the first file are for people.
		default:
			if err := current.add(line); err != nil {
				return nil, fmt.Errorf("line %d: %w", n+1, err)
			}
		}
	}
	return files, nil
}

// add takes one line of the patch into the hunk.
func (h *hunk) add(line string) error {
	if line == "" { // an empty line whose space an editor has removed
		line = " "
	}
	switch rest := line[1:]; line[0] {
	case ' ':
		h.old = append(h.old, rest)
		h.new = append(h.new, rest)
	case '-':
		h.old = append(h.old, rest)
	case '+':
		h.new = append(h.new, rest)
	default:
		return fmt.Errorf("unexpected %q", line)
	}
	return nil
}

// undo returns text, which has all hunks applied, without them.
func undo(text string, hunks []hunk) (string, error) {
	lines := strings.Split(text, "\n")
	for i, h := range hunks {
		at, err := find(lines, h.new)
		if err != nil {
			return "", fmt.Errorf("hunk %d: %w", i+1, err)
		}
		lines = slices.Replace(lines, at, at+len(h.new), h.old...)
	}
	return strings.Join(lines, "\n"), nil
}

// find returns the only place where part occurs in lines.
func find(lines, part []string) (int, error) {
	at := -1
	for i := 0; i+len(part) <= len(lines); i++ {
		if !slices.Equal(lines[i:i+len(part)], part) {
			continue
		}
		if at >= 0 {
			return 0, fmt.Errorf("its lines occur twice, at %d and %d", at+1, i+1)
		}
		at = i
	}
	if at < 0 {
		return 0, errors.New("its lines do not occur")
	}
	return at, nil
}
