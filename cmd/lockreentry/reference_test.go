package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReferenceGolden compares every format on the reference proxy with the
// bug with testdata/golden; -update updates the files.
func TestReferenceGolden(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the standard library")
	}
	for _, format := range []string{"text", "json", "sarif", "github"} {
		t.Run(format, func(t *testing.T) {
			golden := filepath.Join("testdata", "golden", "buggy."+format)
			want, err := os.ReadFile(golden)
			if os.IsNotExist(err) && !*update {
				t.Fatal("no golden file: write it with -update")
			}
			got, status := runReference(t, "-format="+format, "./reference/buggy/...")
			if status != 3 {
				t.Fatalf("exit status %d\n%s", status, got)
			}
			if *update {
				if err := os.MkdirAll(filepath.Dir(golden), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, got, 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("output differs from %s (-want +got):\n%s", golden, diff)
			}
		})
	}
}

// TestReferenceFixed checks that the reference proxy with the fix is clean:
// status 0 and no output at all.
func TestReferenceFixed(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the standard library")
	}
	if out, status := runReference(t, "./reference/fixed/..."); status != 0 || len(out) > 0 {
		t.Errorf("exit status %d\n%s", status, out)
	}
}

// runReference runs lockreentry at the root of the repository and returns its
// standard output and exit status.
func runReference(t *testing.T, args ...string) ([]byte, int) {
	t.Helper()
	cmd := exec.Command("lockreentry", append([]string{"-root=."}, args...)...)
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = append(os.Environ(), "GOFLAGS=")
	var stdout bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, os.Stderr
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return stdout.Bytes(), cmd.ProcessState.ExitCode()
}
