package driver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// selectPackages returns the patterns to analyse. Without -exclude these are
// the patterns of the command line; with it, the packages that those match and
// the excluded patterns do not.
func selectPackages(ctx context.Context, f *flags) ([]string, error) {
	patterns := f.patterns
	if len(patterns) == 0 {
		patterns = []string{"."}
	}
	if len(f.exclude) == 0 {
		return patterns, nil
	}
	all, err := listPackages(ctx, f, patterns)
	if err != nil {
		return nil, err
	}
	excluded, err := listPackages(ctx, f, f.exclude)
	if err != nil {
		return nil, err
	}
	rest := slices.DeleteFunc(all, func(p string) bool { return slices.Contains(excluded, p) })
	if len(rest) == 0 {
		return nil, errors.New("no packages to analyse: -exclude leaves none")
	}
	return rest, nil
}

// listPackages returns the import paths that patterns match. Packages with
// errors are listed as well: the analysis will tell of them.
func listPackages(ctx context.Context, f *flags, patterns []string) ([]string, error) {
	args := []string{"list", "-e", "-find"}
	if f.tags != "" {
		args = append(args, "-tags="+f.tags)
	}
	cmd := exec.CommandContext(ctx, "go", append(append(args, "--"), patterns...)...)
	cmd.Dir = f.dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list packages: %w: %s", err, strings.TrimSpace(stderr.String()))
	}
	return strings.Fields(string(out)), nil
}
