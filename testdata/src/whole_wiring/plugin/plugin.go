// Package plugin has a list of plugins that other packages add to.
package plugin

import "whole_wiring/bus"

// A Plugin observes a bus.
type Plugin struct {
	Name string
	Call func(*bus.Bus, string)
	Quit func(*bus.Bus)
}

var plugins []Plugin

// Add adds a plugin.
func Add(p Plugin) { plugins = append(plugins, p) }

// Start starts all plugins on b.
func Start(b *bus.Bus) {
	for _, p := range plugins {
		b.Observe(p.Call)
		b.OnQuit(p.Quit)
	}
}
