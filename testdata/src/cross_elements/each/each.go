// Package each has no locks; it calls what it is passed in slices.
package each

// A Namer has a name.
type Namer interface{ Name() string }

// Names asks all for their names.
func Names(list ...Namer) (all []string) {
	for _, n := range list {
		all = append(all, n.Name())
	}
	return all
}

// First asks the first of them.
func First(list ...Namer) string { return list[0].Name() }

// Count counts them, and asks none.
func Count(list ...Namer) int { return len(list) }

// Later asks all in a goroutine.
func Later(list ...Namer) {
	go func() {
		for _, n := range list {
			n.Name()
		}
	}()
}

// Of asks the elements of a slice of any type with a name.
func Of[T interface{ Name() string }](list []T) (all []string) {
	for _, n := range list {
		all = append(all, n.Name())
	}
	return all
}

// Run calls the functions.
func Run(list ...func()) {
	for _, f := range list {
		f()
	}
}
