// Package difftest checks that the two variants of the reference proxy differ
// by the fix and by nothing else. Its tests do; what is here is how two files
// are compared.
package difftest

import "strings"

// Change is one line that only one of two texts has.
type Change struct {
	Added bool   // in the second text, otherwise in the first
	Line  string // without the space around it
}

// Diff returns the lines that differ between two texts, in their order, those
// of the first text before those of the second. It finds the fewest.
func Diff(from, to string) []Change {
	a, b := strings.Split(from, "\n"), strings.Split(to, "\n")
	common := commonLines(a, b)

	var changes []Change
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i++
			j++
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			changes = append(changes, Change{false, strings.TrimSpace(a[i])})
			i++
		default:
			changes = append(changes, Change{true, strings.TrimSpace(b[j])})
			j++
		}
	}
	return changes
}

// commonLines returns a table: at [i][j] the length of the longest common
// subsequence of a[i:] and b[j:].
func commonLines(a, b []string) [][]int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}
