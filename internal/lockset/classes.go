package lockset

import (
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Sorted lists of classes of cells.

// anyClass is the class that stands for all classes of cells that are not
// variables of the function at hand. It sorts behind those.
const anyClass = "*"

// everything reports whether the dirty classes are all there are.
func everything(dirty []string) bool {
	_, ok := slices.BinarySearch(dirty, anyClass)
	return ok
}

// overflow returns the dirty classes with those of shared memory replaced by
// all of them.
func overflow(dirty []string) []string {
	own := slices.DeleteFunc(slices.Clone(dirty), func(c string) bool { return !strings.HasPrefix(c, "#") })
	return append(own, anyClass)
}

// inClasses reports whether the cell at addr is of one of the sorted classes.
func inClasses(classes []string, addr *path.Node) bool {
	if _, ok := slices.BinarySearch(classes, cellClass(addr)); ok || addr.Kind != path.Field {
		return ok
	}
	return inAllFields(classes, addr.Owner)
}

// unite returns the union of two sorted lists of dirty classes.
func unite(a, b []string) []string {
	if includes(a, b) {
		return a
	}
	out := make([]string, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch c := strings.Compare(a[0], b[0]); {
		case c < 0:
			out, a = append(out, a[0]), a[1:]
		case c > 0:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	out = append(append(out, a...), b...)
	if everything(out) || len(out) > maxDirtyClasses {
		return overflow(out)
	}
	return out
}

// includes reports whether the sorted list a has all that is in the sorted list b.
func includes(a, b []string) bool {
	for len(b) > 0 {
		if len(a) < len(b) {
			return false
		}
		switch c := strings.Compare(a[0], b[0]); {
		case c > 0:
			return false
		case c == 0:
			b = b[1:]
		}
		a = a[1:]
	}
	return true
}
