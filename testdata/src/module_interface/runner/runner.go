// Package runner runs tasks, and tells of it.
package runner

import "module_interface/iface"

// A Runner runs a task.
type Runner struct {
	id      string
	updater iface.Updater
}

// New makes a runner.
func New(id string, u iface.Updater) *Runner { return &Runner{id: id, updater: u} }

// Destroy tells that the task is dead.
func (r *Runner) Destroy() { r.updater.Updated(r.id, "dead") }
