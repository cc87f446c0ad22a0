package report

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif" // ships the schema of SARIF
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSARIFSchema validates the SARIF output against the published schema, and
// shows that the schema would catch a mistake.
func TestSARIFSchema(t *testing.T) {
	schema := compileSchema(t, sarifSchemaText(t))
	eachStream(t, "sarif", func(t *testing.T, _ stream, out []byte) {
		if err := schema.Validate(decode(t, out)); err != nil {
			t.Errorf("not valid: %v\n%s", err, out)
		}
	})
	for _, broken := range []string{
		`{"version": "2.1.0"}`,
		`{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [{"ruleId": "r"}]}]}`,
		`{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "columnKind": "bytes"}]}`,
	} {
		if schema.Validate(decode(t, []byte(broken))) == nil {
			t.Errorf("the schema accepts %s", broken)
		}
	}
}

// TestSARIFReferences checks what the schema cannot: rule indices, and that
// relative URIs name a base that the log defines.
func TestSARIFReferences(t *testing.T) {
	eachStream(t, "sarif", func(t *testing.T, _ stream, out []byte) {
		var log sarifLog
		if err := json.Unmarshal(out, &log); err != nil {
			t.Fatal(err)
		}
		run := log.Runs[0]
		check := func(a sarifArtifact) {
			_, defined := run.BaseIDs[a.BaseID]
			if relative := !strings.HasPrefix(a.URI, "file:///"); relative && !defined || strings.Contains(a.URI, `\`) {
				t.Errorf("bad URI %+v", a)
			}
		}
		for _, r := range run.Results {
			if got := run.Tool.Driver.Rules[r.RuleIndex].ID; got != r.RuleID {
				t.Errorf("rule index %d is %s, want %s", r.RuleIndex, got, r.RuleID)
			}
			check(r.Locations[0].Physical.Artifact)
			for _, flow := range r.CodeFlows {
				for _, l := range flow.ThreadFlows[0].Locations {
					check(l.Location.Physical.Artifact)
				}
			}
		}
	})
}

// sarifSchemaText returns the JSON schema of SARIF 2.1.0. The module that
// ships it keeps it in a Go constant that is not exported.
func sarifSchemaText(t *testing.T) []byte {
	t.Helper()
	const pkg = "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", pkg).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var text string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if ok && spec.Names[0].Name == "schema" {
			text, err = strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		}
		return !ok
	})
	if err != nil || text == "" {
		t.Fatalf("no schema in %s: %v", pkg, err)
	}
	return []byte(text)
}

// TestJSONSchema validates the JSON output against the documented schema.
func TestJSONSchema(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "output.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	schema := compileSchema(t, text)
	eachStream(t, "json", func(t *testing.T, _ stream, out []byte) {
		if err := schema.Validate(decode(t, out)); err != nil {
			t.Errorf("not valid: %v\n%s", err, out)
		}
	})
	if schema.Validate(decode(t, []byte(`{"schema_version": "2.0"}`))) == nil {
		t.Error("the schema accepts another version")
	}
}

// TestJSONDecode reads the JSON output as a consumer would, who knows the
// documentation only.
func TestJSONDecode(t *testing.T) {
	type location struct {
		File      string
		Line      int
		Column    int
		EndLine   int `json:"end_line"`
		EndColumn int `json:"end_column"`
	}
	type document struct {
		SchemaVersion string `json:"schema_version"`
		Tool          struct{ Name, Version string }
		Findings      []struct {
			Code, Message, Package, Function, Fingerprint, URL string
			Location                                           location
			Path                                               []struct {
				Message  string
				Location location
			}
		}
		Failures      []struct{ Package, Message string }
		Baselined     int
		StaleBaseline []struct{ Code, File, Function, Message, Fingerprint string } `json:"stale_baseline"`
	}
	eachStream(t, "json", func(t *testing.T, s stream, out []byte) {
		dec := json.NewDecoder(bytes.NewReader(out))
		dec.DisallowUnknownFields()
		var doc document
		if err := dec.Decode(&doc); err != nil {
			t.Fatal(err)
		}
		if doc.SchemaVersion != SchemaVersion || len(doc.Findings) != len(s.findings) ||
			len(doc.Failures) != len(s.failures) || len(doc.StaleBaseline) != len(s.summary.Stale) {
			t.Fatalf("decoded %+v", doc)
		}
		for i, f := range doc.Findings {
			want := s.findings[i]
			if f.Code != want.Code || f.Message != want.Message || f.Location.Line != want.Start.Line || len(f.Path) != len(want.Steps) {
				t.Errorf("finding %d: decoded %+v", i, f)
			}
		}
	})
}

// workflowCommand is the grammar of workflow commands: a name, properties and
// a message, in which "%", line breaks and, in properties, ":" and "," are
// escaped.
var workflowCommand = regexp.MustCompile(`^::(error|warning|notice)( [A-Za-z]+=(%25|%0D|%0A|%3A|%2C|[^%:,])*(,[A-Za-z]+=(%25|%0D|%0A|%3A|%2C|[^%:,])*)*)?::((%25|%0D|%0A|[^%\r\n])*)$`)

// TestGitHubGrammar checks every line of the github output with the grammar,
// and that the message arrives.
func TestGitHubGrammar(t *testing.T) {
	unescape := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n")
	eachStream(t, "github", func(t *testing.T, s stream, out []byte) {
		var messages []string
		for line := range strings.Lines(string(out)) {
			m := workflowCommand.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
			if m == nil {
				t.Fatalf("not a workflow command: %q", line)
			}
			messages = append(messages, unescape.Replace(m[6]))
		}
		if want := len(s.findings) + len(s.failures) + len(s.summary.Stale); len(messages) != want {
			t.Fatalf("%d commands, want %d", len(messages), want)
		}
		for i, f := range s.findings {
			if !strings.HasPrefix(messages[i], f.Message) {
				t.Errorf("message %d is %q, want %q first", i, messages[i], f.Message)
			}
		}
	})
}

// compileSchema compiles a JSON schema.
func compileSchema(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", decode(t, text)); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// decode decodes JSON for package jsonschema.
func decode(t *testing.T, text []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}
