// Package quota is a policy that asks the store.
package quota

import "whole_interface/store"

type quota struct{ max int }

// Allow asks the store for its length.
func (q quota) Allow(s *store.Store, key string) bool { return s.Len() < q.max }

func make10() store.Policy { return quota{10} }

func init() { store.Factories["quota"] = make10 }
