package report

import (
	"encoding/json"
	"io"
)

// jsonReport is the document of the JSON format, described in
// docs/output.md and, for programs, in docs/output.schema.json.
type jsonReport struct {
	SchemaVersion string        `json:"schema_version"`
	Tool          jsonTool      `json:"tool"`
	Findings      []jsonFinding `json:"findings"`
	Notes         []jsonFinding `json:"notes,omitempty"`
	Failures      []jsonFailure `json:"failures"`
	Baselined     int           `json:"baselined"`
	StaleBaseline []jsonStale   `json:"stale_baseline"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonFinding struct {
	Code        string       `json:"code"`
	Message     string       `json:"message"`
	Package     string       `json:"package"`
	Function    string       `json:"function"`
	Fingerprint string       `json:"fingerprint"`
	URL         string       `json:"url,omitempty"`
	Location    jsonLocation `json:"location"`
	Path        []jsonStep   `json:"path"`
}

type jsonStep struct {
	Message  string       `json:"message"`
	Location jsonLocation `json:"location"`
}

type jsonLocation struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"end_line,omitempty"`
	EndColumn int    `json:"end_column,omitempty"`
}

type jsonFailure struct {
	Package string `json:"package,omitempty"`
	Message string `json:"message"`
}

type jsonStale struct {
	Code        string `json:"code"`
	File        string `json:"file"`
	Function    string `json:"function"`
	Message     string `json:"message"`
	Fingerprint string `json:"fingerprint"`
}

// A jsonHandler gathers findings and writes one JSON document.
type jsonHandler struct {
	w    io.Writer
	opts Options
	urls map[string]string
	doc  jsonReport
}

func newJSONHandler(w io.Writer, o Options) *jsonHandler {
	h := &jsonHandler{w: w, opts: o, urls: make(map[string]string)}
	h.doc = jsonReport{
		SchemaVersion: SchemaVersion,
		Tool:          jsonTool{o.Tool.Name, o.Tool.Version},
		Findings:      []jsonFinding{},
		Failures:      []jsonFailure{},
		StaleBaseline: []jsonStale{},
	}
	for _, r := range o.Tool.Rules {
		h.urls[r.Code] = r.URL
	}
	return h
}

// Finding implements Handler.
func (h *jsonHandler) Finding(f Finding) error {
	h.doc.Findings = append(h.doc.Findings, h.finding(f))
	return nil
}

// Note implements Handler.
func (h *jsonHandler) Note(f Finding) error {
	h.doc.Notes = append(h.doc.Notes, h.finding(f))
	return nil
}

func (h *jsonHandler) finding(f Finding) jsonFinding {
	path := []jsonStep{}
	for _, s := range f.Steps {
		path = append(path, jsonStep{s.Message, h.location(s.Span)})
	}
	return jsonFinding{
		Code:        f.Code,
		Message:     f.Message,
		Package:     f.Package,
		Function:    f.Function,
		Fingerprint: f.Fingerprint,
		URL:         h.urls[f.Code],
		Location:    h.location(f.Span),
		Path:        path,
	}
}

// Failure implements Handler.
func (h *jsonHandler) Failure(f Failure) error {
	h.doc.Failures = append(h.doc.Failures, jsonFailure(f))
	return nil
}

// Close implements Handler.
func (h *jsonHandler) Close(s Summary) error {
	h.doc.Baselined = s.Baselined
	for _, e := range s.Stale {
		h.doc.StaleBaseline = append(h.doc.StaleBaseline, jsonStale(e))
	}
	return writeJSON(h.w, h.doc)
}

// location translates sp; files are named relative to the root.
func (h *jsonHandler) location(sp Span) jsonLocation {
	file, _ := Relative(h.opts.Root, sp.Start.File)
	return jsonLocation{file, sp.Start.Line, sp.Start.Column, sp.End.Line, sp.End.Column}
}

// writeJSON writes v indented, with < and > as they are.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
