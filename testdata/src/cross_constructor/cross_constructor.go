// Package cross_constructor holds cases of objects that another package has made, with a flag set that its methods ask about (pebble).
package cross_constructor

import "cross_constructor/mem"

func strict() {
	fs := mem.NewStrict()
	fs.Ignore()
	fs.Create()
}

func named() {
	fs := mem.NewNamed("a")
	fs.Ignore()
	fs.Create()
}

func said() {
	fs := mem.With(true)
	fs.Ignore()
	fs.Create()
}

func loose() {
	fs := mem.New()
	fs.Ignore()
	fs.Create() // want `fs\.mu is locked again .* still held when FS\.Ignore returns .* \[relock\]`
}

func saidNot() {
	fs := mem.With(false)
	fs.Ignore()
	fs.Create() // want `fs\.mu is locked again .* still held when FS\.Ignore returns .* \[relock\]`
}

func loosened() {
	fs := mem.NewStrict()
	fs.Loosen()
	fs.Ignore()
	fs.Create() // want `fs\.mu is locked again .* still held when FS\.Ignore returns .* \[relock\]`
}

// Of one that it was passed, a function does not know.
func passed(fs *mem.FS) {
	fs.Ignore()
	fs.Create() // want `fs\.mu is locked again .* still held when FS\.Ignore returns .* \[relock\]`
}
