package cross_context

import "cross_context/conf"

func init() {
	// Fine: the plugin connects without one.
	conf.Register("plain", func(host string) string { return conf.Connect(&conf.Config{Host: host}) })

	other := "plain"
	conf.Register("chained", func(host string) string { // want `\[relock\]`
		return conf.Connect(&conf.Config{Host: host, Plugin: &other})
	})
}
