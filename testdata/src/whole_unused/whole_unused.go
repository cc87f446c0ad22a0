// Command whole_unused uses one of two policies: silent, also with the whole program.
package main

import (
	"fmt"

	"whole_unused/prefix"
	"whole_unused/quota"
	"whole_unused/store"
)

func main() {
	fmt.Println(quota.Limit(quota.Quota{Max: 3}))
	s := store.Open(prefix.Prefix("/"))
	s.Put("/a")
}
