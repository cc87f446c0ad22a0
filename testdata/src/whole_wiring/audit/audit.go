// Package audit is a plugin that asks the bus.
package audit

import (
	"fmt"

	"whole_wiring/bus"
	"whole_wiring/plugin"
)

func init() {
	plugin.Add(plugin.Plugin{Name: "audit", Call: record, Quit: end})
}

func record(b *bus.Bus, s string) { fmt.Println(s, b.Len()) }

func end(*bus.Bus) { fmt.Println("end") }
