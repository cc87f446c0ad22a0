package driver

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestGOCACHEPROG shows that a shared cache of the go command shares analyses:
// a second machine, whose own cache is empty, gets everything from the first.
func TestGOCACHEPROG(t *testing.T) {
	dir := t.TempDir()
	writeFiles(t, filepath.Join(dir, "m"), map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.26\n",
		"m/m.go": "package m\n\ntype Mutex struct{}\n\nfunc (*Mutex) Lock() {}\n",
		"a/a.go": "package a\n\nimport \"example.com/m/m\"\n\nfunc f(mu *m.Mutex) {\n\tmu.Lock()\n\tmu.Lock()\n}\n",
	})
	age(t, filepath.Join(dir, "m"))
	shared := filepath.Join(dir, "shared")
	machine := func(name string) (string, cacheCounts) {
		local, counts := filepath.Join(dir, name), filepath.Join(dir, name+".json")
		cmd := exec.Command("lockreentry", "./...")
		cmd.Dir = filepath.Join(dir, "m")
		cmd.Env = append(os.Environ(), "GOFLAGS=", "GOCACHE="+local,
			fmt.Sprintf("GOCACHEPROG=cacheprog %s %s %s", shared, local, counts))
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() != ExitFindings {
			t.Fatalf("%v\n%s", err, out)
		}
		text, err := os.ReadFile(counts)
		if err != nil {
			t.Fatal(err)
		}
		var c cacheCounts
		if err := json.Unmarshal(text, &c); err != nil {
			t.Fatal(err)
		}
		return string(out), c
	}
	first, c1 := machine("first")
	if c1.Puts == 0 {
		t.Errorf("the first machine stored nothing: %+v", c1)
	}
	second, c2 := machine("second")
	if c2.Puts != 0 || c2.Hits == 0 {
		t.Errorf("the second machine did the work again: %+v", c2)
	}
	if first != second {
		t.Errorf("the machines disagree:\n%s\n%s", first, second)
	}
	t.Logf("first machine %+v, second machine %+v", c1, c2)
}

// age makes a tree an hour old: the go command does not store the index of a
// directory that has just changed, so which machine did would be chance.
func age(t *testing.T, dir string) {
	t.Helper()
	then := time.Now().Add(-time.Hour)
	err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		return cmp.Or(err, os.Chtimes(name, then, then))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// writeFiles writes files below dir.
func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// cacheCounts is what a cacheprog did.
type cacheCounts struct{ Hits, Misses, Puts int }

// A cacheRequest is what the go command asks of a GOCACHEPROG, one JSON value
// per line; the body of a put follows as a JSON string in base64.
// See cmd/go/internal/cacheprog.
type cacheRequest struct {
	ID       int64
	Command  string
	ActionID []byte `json:",omitempty"`
	OutputID []byte `json:",omitempty"`
	BodySize int64  `json:",omitempty"`
}

// A cacheResponse is the answer to a cacheRequest.
type cacheResponse struct {
	ID            int64
	KnownCommands []string `json:",omitempty"`
	Miss          bool     `json:",omitempty"`
	OutputID      []byte   `json:",omitempty"`
	Size          int64    `json:",omitempty"`
	DiskPath      string   `json:",omitempty"`
}

// A cacheProg is a GOCACHEPROG over a directory that all machines share. It
// copies what the go command asks for to a local directory.
type cacheProg struct {
	shared, local string
	cacheCounts
}

// runCacheProg is the program: cacheprog shared-dir local-dir counts-file.
func runCacheProg(args []string, in io.Reader, out io.Writer) error {
	c := &cacheProg{shared: args[0], local: args[1]}
	for _, dir := range args[:2] {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
	}
	enc, dec := json.NewEncoder(out), json.NewDecoder(bufio.NewReader(in))
	if err := enc.Encode(cacheResponse{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	for {
		var req cacheRequest
		if err := dec.Decode(&req); err != nil {
			return err
		}
		resp := cacheResponse{ID: req.ID}
		var err error
		switch req.Command {
		case "get":
			err = c.get(req, &resp)
		case "put":
			err = c.put(req, &resp, dec)
		case "close":
			text, _ := json.Marshal(c.cacheCounts)
			if err := os.WriteFile(args[2], text, 0o666); err != nil {
				return err
			}
			return enc.Encode(resp)
		}
		if err != nil {
			return err
		}
		if err := enc.Encode(resp); err != nil {
			return err
		}
	}
}

// get looks up an action: the shared file named after it holds the output ID.
func (c *cacheProg) get(req cacheRequest, resp *cacheResponse) error {
	id, err := os.ReadFile(c.action(req.ActionID))
	if os.IsNotExist(err) {
		c.Misses++
		resp.Miss = true
		return nil
	}
	if err != nil {
		return err
	}
	c.Hits++
	output := hex.EncodeToString(id)
	body, err := os.ReadFile(filepath.Join(c.shared, "o-"+output))
	if err != nil {
		return err
	}
	resp.OutputID, resp.Size = id, int64(len(body))
	resp.DiskPath = filepath.Join(c.local, output)
	return os.WriteFile(resp.DiskPath, body, 0o666)
}

// put stores the output of an action.
func (c *cacheProg) put(req cacheRequest, resp *cacheResponse, dec *json.Decoder) error {
	c.Puts++
	var body []byte
	if req.BodySize > 0 {
		if err := dec.Decode(&body); err != nil {
			return err
		}
	}
	output := hex.EncodeToString(req.OutputID)
	resp.DiskPath = filepath.Join(c.local, output)
	for name, data := range map[string][]byte{
		resp.DiskPath:                        body,
		filepath.Join(c.shared, "o-"+output): body,
		c.action(req.ActionID):               req.OutputID,
	} {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// action returns the shared file of an action.
func (c *cacheProg) action(id []byte) string {
	return filepath.Join(c.shared, "a-"+hex.EncodeToString(id))
}

// TestCacheProgProtocol checks the example itself: what was put is got.
func TestCacheProgProtocol(t *testing.T) {
	dir := t.TempDir()
	body := base64.StdEncoding.EncodeToString([]byte("body"))
	in := `{"ID":1,"Command":"get","ActionID":"YQ=="}
{"ID":2,"Command":"put","ActionID":"YQ==","OutputID":"bw==","BodySize":4}
"` + body + `"
{"ID":3,"Command":"get","ActionID":"YQ=="}
{"ID":4,"Command":"close"}
`
	var out bytes.Buffer
	args := []string{filepath.Join(dir, "s"), filepath.Join(dir, "l"), filepath.Join(dir, "counts")}
	if err := runCacheProg(args, strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	counts, err := os.ReadFile(args[2])
	if err != nil || string(counts) != `{"Hits":1,"Misses":1,"Puts":1}` {
		t.Errorf("counts %s, %v\n%s", counts, err, out.Bytes())
	}
	if got, err := os.ReadFile(filepath.Join(args[1], "6f")); err != nil || string(got) != "body" {
		t.Errorf("local copy %q, %v", got, err)
	}
}
