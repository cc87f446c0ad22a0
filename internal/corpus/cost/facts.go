package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// unitFacts says how many bytes of facts a unit of a vet run left.
type unitFacts struct {
	unit  string
	bytes int
}

// Names of the files that the go command makes for each unit: what it tells
// the tool, and what the tool leaves for the units that import this one.
const (
	configName = "vet.cfg"
	outputName = "vet.out"
)

// readFacts reads the sizes of the facts below a directory of intermediate
// files, of all units in it.
func readFacts(dir string) ([]unitFacts, error) {
	var all []unitFacts
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Name() != outputName {
			return err
		}
		u := unitFacts{}
		if u.unit, err = unitID(filepath.Join(filepath.Dir(name), configName)); err != nil {
			return err
		}
		if u.bytes, err = factBytes(name); err != nil {
			return fmt.Errorf("unit %s: %w", u.unit, err)
		}
		all = append(all, u)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	if len(all) == 0 {
		return nil, errors.New("read facts: the run left none")
	}
	slices.SortFunc(all, func(a, b unitFacts) int { return a.bytes - b.bytes })
	return all, nil
}

// unitID returns the name of the unit that a configuration is for.
func unitID(config string) (string, error) {
	data, err := os.ReadFile(config)
	if err != nil {
		return "", err
	}
	var c struct{ ID string }
	if err := json.Unmarshal(data, &c); err != nil {
		return "", fmt.Errorf("decode %s: %w", configName, err)
	}
	return c.ID, nil
}

// factBytes returns the number of bytes of facts in the output of a unit. The
// output begins with the word "vetx", the number of bytes of types, and that of
// facts, each in four bytes; then both follow.
func factBytes(output string) (int, error) {
	file, err := os.Open(output)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	var head struct {
		Magic        [4]byte
		Types, Facts uint32
	}
	if err := binary.Read(file, binary.LittleEndian, &head); err != nil {
		return 0, err
	}
	rest, err := io.Copy(io.Discard, file)
	if err != nil {
		return 0, err
	}
	if string(head.Magic[:]) != "vetx" || int64(head.Types)+int64(head.Facts) != rest {
		return 0, fmt.Errorf("output is of an unknown format: %q, types %d, facts %d, in all %d",
			head.Magic, head.Types, head.Facts, rest)
	}
	return int(head.Facts), nil
}
