// Package iface declares what the packages of the module implement for each other.
package iface

// An Updater is told of changes.
type Updater interface{ Updated(id, status string) }
