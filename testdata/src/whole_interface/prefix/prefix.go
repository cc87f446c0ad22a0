// Package prefix is a policy that asks nothing.
package prefix

import (
	"strings"

	"whole_interface/store"
)

type prefix struct{ p string }

// Allow takes no lock.
func (p prefix) Allow(_ *store.Store, key string) bool { return strings.HasPrefix(key, p.p) }

func open() store.Policy { return prefix{"/"} }

func init() { store.Factories["prefix"] = open }
