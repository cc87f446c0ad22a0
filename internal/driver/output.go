package driver

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// An output is where the findings go. A file gets its content as a whole when
// the run is over, so that a failed run leaves the old one as it was.
type output struct {
	*bufio.Writer
	file   *os.File
	target string // file is renamed to target in the end, unless empty
}

// openOutput opens the named file, or takes w when the name is empty.
func openOutput(name string, w io.Writer) (*output, error) {
	if name == "" {
		return &output{Writer: bufio.NewWriter(w)}, nil
	}
	st, err := os.Stat(name)
	if err == nil && !st.Mode().IsRegular() { // a device or a pipe cannot be replaced
		file, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return nil, fmt.Errorf("open output: %w", err)
		}
		return &output{Writer: bufio.NewWriter(file), file: file}, nil
	}
	file, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.tmp")
	if err != nil {
		return nil, fmt.Errorf("open output: %w", err)
	}
	return &output{Writer: bufio.NewWriter(file), file: file, target: name}, nil
}

// commit writes everything out.
func (o *output) commit() error {
	if err := o.Flush(); err != nil {
		return err
	}
	if o.file == nil {
		return nil
	}
	if o.target != "" {
		if err := o.file.Chmod(0o644); err != nil {
			return err
		}
	}
	if err := o.file.Close(); err != nil {
		return err
	}
	if o.target != "" {
		if err := os.Rename(o.file.Name(), o.target); err != nil {
			return err
		}
	}
	o.file = nil
	return nil
}

// discard gives up what has not been committed.
func (o *output) discard() {
	if o.file == nil {
		return
	}
	_ = o.file.Close()
	if o.target != "" {
		_ = os.Remove(o.file.Name())
	}
}
