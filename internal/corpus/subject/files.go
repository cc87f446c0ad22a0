package subject

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// ModuleDir returns the directory of the nested module that the commands of
// the corpus belong to; its files are found from there.
func ModuleDir(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env: %w", err)
	}
	dir := filepath.Dir(strings.TrimSpace(string(out)))
	if _, err := os.Stat(filepath.Join(dir, pinFile)); err != nil {
		return "", fmt.Errorf("not in the module of the corpus, use go run -C: %w", err)
	}
	return dir, nil
}

// Repository returns the root of the repository, given the directory of the
// nested module.
func Repository(module string) string { return filepath.Dir(filepath.Dir(module)) }

// Names of files in the nested module.
const (
	pinFile = "corpus.txt"
	sumFile = "corpus.sum"
)

// ReadPins reads the pins of the corpus, and the hashes of all that they need.
func ReadPins(module string) (pins []Pin, sum []byte, err error) {
	file, err := os.Open(filepath.Join(module, pinFile))
	if err != nil {
		return nil, nil, fmt.Errorf("read pins: %w", err)
	}
	defer file.Close()
	if pins, err = ParsePins(file); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", pinFile, err)
	}
	if sum, err = os.ReadFile(filepath.Join(module, sumFile)); err != nil {
		return nil, nil, fmt.Errorf("read hashes: %w", err)
	}
	return pins, sum, nil
}

// WriteSum writes the hashes of all that the corpus needs.
func WriteSum(module string, sum []byte) error {
	if err := os.WriteFile(filepath.Join(module, sumFile), sum, 0o666); err != nil {
		return fmt.Errorf("write hashes: %w", err)
	}
	return nil
}
