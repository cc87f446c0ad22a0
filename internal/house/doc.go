// Package house checks how the parts of the project hang together: which
// package may import which, that the analyzer does not know the program that it
// is tried on, and that the documented bounds are those of the source.
package house
