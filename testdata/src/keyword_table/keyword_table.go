// Package keyword_table holds cases of functions that are reached through a table.
package keyword_table

import (
	"fmt"
	"strings"
	"sync"
)

// A Console runs commands on a state.
type Console struct {
	mu    sync.RWMutex
	vars  map[string]string
	local map[string]func([]string) string
	runs  int
}

type command struct {
	name string
	run  func(c *Console, args []string) string
}

var commands = map[string]func(*Console, []string) string{
	"get":  get,
	"help": func(*Console, []string) string { return "no help" },
}

var pure = []command{
	{"echo", func(_ *Console, args []string) string { return strings.Join(args, " ") }},
	{"quit", quit},
}

var table = []command{
	{"set", set},
	{"count", (*Console).count},
}

func get(c *Console, args []string) string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.vars[args[0]]
}

func set(c *Console, args []string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.vars[args[0]] = args[1]
	return "ok"
}

func quit(*Console, []string) string { return "bye" }

func (c *Console) count([]string) string { return fmt.Sprint(c.runs) }

// Deadlocks: one of the functions of the table read-locks, and one, that init adds, locks.
func (c *Console) Run(line string) string {
	f := strings.Fields(line)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.runs++
	if cmd := commands[f[0]]; cmd != nil {
		return cmd(c, f[1:]) // want `\[downgrade\]` `\[relock\]`
	}
	return "unknown"
}

// Fine: none of the functions of this table locks.
func (c *Console) RunPure(line string) string {
	f := strings.Fields(line)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, cmd := range pure {
		if cmd.name == f[0] {
			return cmd.run(c, f[1:])
		}
	}
	return "unknown"
}

// Deadlocks: one of the functions of this table locks.
func (c *Console) RunTable(line string) string {
	f := strings.Fields(line)
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, cmd := range table {
		if cmd.name == f[0] {
			return cmd.run(c, f[1:]) // want `\[upgrade\]`
		}
	}
	return "unknown"
}

// Fine: the function is looked up under the lock and run without it.
func (c *Console) RunFree(line string) string {
	f := strings.Fields(line)
	c.mu.Lock()
	c.runs++
	cmd := commands[f[0]]
	c.mu.Unlock()
	if cmd == nil {
		return "unknown"
	}
	return cmd(c, f[1:])
}

// Fine: the function is run on another console.
func (c *Console) Remote(o *Console, line string) string {
	f := strings.Fields(line)
	c.mu.Lock()
	defer c.mu.Unlock()
	return commands["get"](o, f)
}

// NewConsole makes a console with a table of its own.
func NewConsole() *Console {
	c := &Console{vars: map[string]string{}}
	c.local = map[string]func([]string) string{
		"vars":  c.list,
		"count": c.count,
	}
	return c
}

func (c *Console) list([]string) string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return fmt.Sprint(len(c.vars))
}

// Deadlocks when a writer waits in between: the table of c has methods of c.
func (c *Console) RunLocal(name string) string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.local[name](nil) // want `\[recursive-rlock\]`
}

func init() {
	commands["set"] = set
}
