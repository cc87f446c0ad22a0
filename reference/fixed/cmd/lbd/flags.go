package main

import (
	"flag"
	"fmt"
	"strconv"
	"strings"

	"github.com/lockreentry/lockreentry/reference/fixed/lb"
)

// defaultFrontend gets the addresses that name no frontend.
const defaultFrontend = "fe"

// frontends collects what the flags say of each frontend, in the order in which
// they are first named.
type frontends []lb.Frontend

// get returns the frontend of that name, which it adds if there is none.
func (fs *frontends) get(name string) *lb.Frontend {
	for i := range *fs {
		if (*fs)[i].Name == name {
			return &(*fs)[i]
		}
	}
	*fs = append(*fs, lb.Frontend{Name: name})
	return &(*fs)[len(*fs)-1]
}

// listen is the -listen flag.
func (fs *frontends) listen(value string) error {
	name, addr := splitName(value)
	addr, limit, limited := strings.Cut(addr, ",")
	bind := lb.Bind{Addr: addr}
	if limited {
		n, err := strconv.ParseInt(limit, 10, 64)
		if err != nil {
			return fmt.Errorf("limit of connections: %w", err)
		}
		bind.Maxconn = n
	}
	f := fs.get(name)
	f.Binds = append(f.Binds, bind)
	return nil
}

// backend is the -backend flag.
func (fs *frontends) backend(value string) error {
	name, addr := splitName(value)
	f := fs.get(name)
	f.Backends = append(f.Backends, addr)
	return nil
}

// splitName splits "name=address".
func splitName(value string) (name, addr string) {
	if name, addr, ok := strings.Cut(value, "="); ok {
		return name, addr
	}
	return defaultFrontend, value
}

// parse reads the command line.
func parse(args []string) (lb.Config, error) {
	var c lb.Config
	var fs frontends
	flags := flag.NewFlagSet("lbd", flag.ContinueOnError)
	flags.Func("listen", "accept connections at `[name=]address[,n]`", fs.listen)
	flags.Func("backend", "relay connections to `[name=]address`", fs.backend)
	flags.StringVar(&c.Admin, "admin", "", "serve admin commands at `address`")
	flags.Int64Var(&c.Maxconn, "maxconn", 0, "`limit` of connections of the process (0: 2000)")
	maxconn := flags.Int64("frontend-maxconn", 0, "`limit` of connections of each frontend (0: that of the process)")
	if err := flags.Parse(args); err != nil {
		return c, err
	}
	if flags.NArg() > 0 {
		return c, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	for i := range fs {
		fs[i].Maxconn = *maxconn
	}
	c.Frontends = fs
	return c, nil
}
