package subject

import (
	"slices"
	"strings"
)

// MissingSums returns the lines of have that are not in pinned, sorted. There
// are some when the pin file names a version that nobody has recorded yet.
func MissingSums(pinned, have []byte) []string {
	known := make(map[string]bool)
	for _, line := range sumLines(pinned) {
		known[line] = true
	}
	var missing []string
	for _, line := range sumLines(have) {
		if !known[line] {
			missing = append(missing, line)
		}
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}

// MergeSums returns the union of go.sum files: sorted, each line once.
func MergeSums(sums ...[]byte) []byte {
	var lines []string
	for _, sum := range sums {
		lines = append(lines, sumLines(sum)...)
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	if len(lines) == 0 {
		return nil
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

// sumLines splits a go.sum file into its lines.
func sumLines(sum []byte) []string {
	return slices.DeleteFunc(strings.Split(string(sum), "\n"), func(line string) bool { return line == "" })
}
