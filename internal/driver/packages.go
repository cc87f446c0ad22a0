package driver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
)

// selectPackages returns the patterns to analyse. Without -exclude these are
// the patterns of the command line; with it, the packages that those match and
// the excluded patterns do not.
func selectPackages(ctx context.Context, f *flags, messages io.Writer) ([]string, error) {
	patterns := f.patterns
	if len(patterns) == 0 {
		patterns = []string{"."}
	}
	if len(f.exclude) == 0 {
		return patterns, nil
	}
	all, err := listPackages(ctx, f, "ImportPath", patterns, messages)
	if err != nil {
		return nil, err
	}
	excluded, err := listPackages(ctx, f, "ImportPath", f.exclude, messages)
	if err != nil {
		return nil, err
	}
	rest := slices.DeleteFunc(slices.Clone(all), func(p string) bool { return slices.Contains(excluded, p) })
	switch len(rest) {
	case 0:
		return nil, errors.New("no packages to analyse: -exclude leaves none")
	case len(all):
		fmt.Fprintf(messages, "lockreentry: warning: -exclude=%v leaves out no package\n", &f.exclude)
	}
	return rest, nil
}

// listPackages returns one field of the packages that patterns match. Packages
// with errors are listed as well: the analysis will tell of them. What the go
// command says, for example that a pattern matches nothing, goes to messages.
func listPackages(ctx context.Context, f *flags, field string, patterns []string, messages io.Writer) ([]string, error) {
	args := []string{"list", "-e", "-find", "-f", "{{." + field + "}}"}
	if f.tags != "" {
		args = append(args, "-tags="+f.tags)
	}
	cmd := exec.CommandContext(ctx, "go", append(append(args, "--"), patterns...)...)
	cmd.Dir = f.dir
	cmd.Stderr = messages
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list packages: %w", err)
	}
	var list []string
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			list = append(list, line)
		}
	}
	return list, nil
}
