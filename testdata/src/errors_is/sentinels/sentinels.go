// Package sentinels holds an error to compare with.
package sentinels

import "errors"

// ErrReadOnly is returned by what writes.
var ErrReadOnly = errors.New("read only")
