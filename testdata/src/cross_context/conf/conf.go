// Package conf has plugins that are called with its lock held.
package conf

import "sync"

// A Config may name a plugin.
type Config struct {
	Host   string
	Plugin *string
}

var (
	mu      sync.Mutex
	plugins = map[string]func(host string) string{}
)

// Register adds a plugin.
func Register(name string, f func(host string) string) {
	mu.Lock()
	defer mu.Unlock()
	plugins[name] = f
}

// Ask calls a plugin.
func Ask(name, host string) string {
	mu.Lock()
	defer mu.Unlock()
	return plugins[name](host)
}

// Connect asks the plugin of c, if it names one.
func Connect(c *Config) string {
	if c.Plugin != nil {
		return Ask(*c.Plugin, c.Host)
	}
	return c.Host
}
