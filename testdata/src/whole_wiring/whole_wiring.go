// Command whole_wiring wires a bus and a plugin that know nothing of each other.
package main

import (
	_ "whole_wiring/audit"
	"whole_wiring/bus"
	"whole_wiring/plugin"
)

func main() {
	b := &bus.Bus{}
	plugin.Start(b)
	b.Publish("start")
	b.Quit()
}
