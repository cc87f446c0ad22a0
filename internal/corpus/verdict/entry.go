package verdict

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// An Entry is what somebody wrote down who has read something: a head that
// says what was read and how it was judged, and the reason.
type Entry struct {
	Line   int // of the head
	Head   string
	Reason string
}

// ReadEntries reads a file of entries. An entry is the line with the head and,
// indented below it, the reason, which may take several lines. Empty lines and
// lines that begin with # do not count.
func ReadEntries(r io.Reader) ([]Entry, error) {
	var entries []Entry
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		if strings.HasPrefix(lines.Text(), text[:1]) {
			entries = append(entries, Entry{Line: n, Head: text})
			continue
		}
		if len(entries) == 0 {
			return nil, fmt.Errorf("line %d: reason stands before the first verdict", n)
		}
		last := &entries[len(entries)-1]
		last.Reason = strings.TrimSpace(last.Reason + " " + text)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read verdicts: %w", err)
	}
	return entries, nil
}
