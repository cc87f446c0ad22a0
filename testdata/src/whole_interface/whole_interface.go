// Command whole_interface opens a store with a policy of a third package.
package main

import (
	"os"

	_ "whole_interface/prefix"
	_ "whole_interface/quota"
	"whole_interface/store"
)

func main() {
	s := store.Open(os.Args[1])
	s.Put("/a")
}
