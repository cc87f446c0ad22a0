// Package quota is a policy that asks the store, and that nobody uses.
package quota

import "whole_unused/store"

// Quota limits the number of keys.
type Quota struct{ Max int }

// Allow asks the store for its length.
func (q Quota) Allow(s *store.Store, key string) bool { return s.Len() < q.Max }

// Limit returns the limit.
func Limit(q Quota) int { return q.Max }
