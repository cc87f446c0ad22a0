// Package prefix is a policy that asks nothing.
package prefix

import (
	"strings"

	"whole_unused/store"
)

// Prefix is a prefix.
type Prefix string

// Allow takes no lock.
func (p Prefix) Allow(_ *store.Store, key string) bool { return strings.HasPrefix(key, string(p)) }
