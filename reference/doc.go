// Package reference has no code of its own. Below it is a small TCP proxy in
// two variants, fixed and buggy, that differ by one fix of one deadlock. See
// README.md.
//
// Only fixed is maintained by hand; buggy is generated from it.
package reference

//go:generate go run ./internal/unfix
