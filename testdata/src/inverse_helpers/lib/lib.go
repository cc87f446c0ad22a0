// Package lib has helpers for containers of any kind.
package lib

// Index puts what each gives into m.
func Index[T any](m map[int]T, each func(func(T))) {
	each(func(x T) { m[len(m)] = x })
}

// Fill puts the elements of src into dst, by their places.
func Fill[T any](dst, src []T) {
	for i := range src {
		dst[i] = src[i]
	}
}
