// Package iface declares what the packages of the module implement for each other.
package iface

// An Updater is told of changes.
type Updater interface{ Updated(id, status string) }

// A Network has peers.
type Network interface{ Peers() int }

// A Notifiee is told of peers.
type Notifiee interface {
	Connected(Network)
	Closed(Network)
}
