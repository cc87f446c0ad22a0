// Package subject prepares the modules that the analyzer is tried on: it
// reads the pin file, makes a throwaway module that requires exactly one pin,
// and lists the packages of it.
//
// One throwaway module per pin, instead of one go.mod with all of them, keeps
// each subject at the versions its authors build it with: no pin can raise
// the dependencies of another.
package subject

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Std is the module path that stands for the standard library. Its version is
// that of the go command.
const Std = "std"

// A Pin names one module of the corpus.
type Pin struct {
	Module  string // module path, or Std
	Version string // empty for Std
	Short   bool   // small enough for a quick run
	Skip    []Skip // packages that are left out
}

// A Skip names a package that cannot be vetted by any tool, and says why.
type Skip struct {
	Package string
	Reason  string
}

// String returns the pin as the go command writes it: module@version.
func (p Pin) String() string {
	if p.Version == "" {
		return p.Module
	}
	return p.Module + "@" + p.Version
}

// Pattern returns the package pattern that matches the packages of the pin.
func (p Pin) Pattern() string {
	if p.Module == Std {
		return Std
	}
	return p.Module + "/..."
}

// skips reports whether the package with the import path is left out.
func (p Pin) skips(importPath string) bool {
	for _, s := range p.Skip {
		if s.Package == importPath {
			return true
		}
	}
	return false
}

// ParsePins reads a pin file. A line is
//
//	module version [short]
//
// or just "std"; an indented line below it is
//
//	skip package reason…
//
// Empty lines and lines that begin with # do not count.
func ParsePins(r io.Reader) ([]Pin, error) {
	var pins []Pin
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		var err error
		if strings.TrimLeft(lines.Text(), " \t") != lines.Text() {
			err = addSkip(pins, fields)
		} else {
			pins, err = addPin(pins, fields)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read pins: %w", err)
	}
	return pins, nil
}

// addPin appends the pin that the fields of a line describe.
func addPin(pins []Pin, fields []string) ([]Pin, error) {
	pin := Pin{Module: fields[0]}
	rest := fields[1:]
	if pin.Module != Std {
		if len(rest) == 0 || !strings.HasPrefix(rest[0], "v") {
			return nil, fmt.Errorf("module %s has no version", pin.Module)
		}
		pin.Version, rest = rest[0], rest[1:]
	}
	for _, word := range rest {
		if word != "short" {
			return nil, fmt.Errorf("unknown word %q after %s", word, pin)
		}
		pin.Short = true
	}
	return append(pins, pin), nil
}

// addSkip adds a skip to the last pin.
func addSkip(pins []Pin, fields []string) error {
	if len(pins) == 0 {
		return fmt.Errorf("%q stands before the first module", fields[0])
	}
	if fields[0] != "skip" || len(fields) < 3 {
		return fmt.Errorf("want %q, have %q", "skip package reason", strings.Join(fields, " "))
	}
	last := &pins[len(pins)-1]
	last.Skip = append(last.Skip, Skip{Package: fields[1], Reason: strings.Join(fields[2:], " ")})
	return nil
}
