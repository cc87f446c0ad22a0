// Package mode tells how a program was started.
package mode

import "os"

var traced = len(os.Args) > 2

// Traced reports whether all is to be traced.
func Traced() bool {
	for _, a := range os.Args {
		if a == "-trace" {
			return true
		}
	}
	return traced
}

// Quiet reports whether nothing is to be said.
func Quiet() bool { return !Traced() && len(os.Args) == 1 }
