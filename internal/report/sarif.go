package report

import (
	"io"
	"net/url"
	"slices"
	"strings"
)

// The parts of SARIF 2.1.0 that this package writes. What GitHub's code
// scanning makes of them decided the mapping:
//
//   - the path is a code flow, which it shows as "Show paths"; related
//     locations are hidden unless the message links to them, so there are none;
//   - the path is also told by the message, because a list of alerts shows
//     nothing else;
//   - columns count Unicode code points, and say so;
//   - URIs are relative to the root of the repository (%SRCROOT%).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool                `json:"tool"`
		Invocations []sarifInvocation        `json:"invocations"`
		BaseIDs     map[string]sarifArtifact `json:"originalUriBaseIds"`
		ColumnKind  string                   `json:"columnKind"`
		Results     []sarifResult            `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri,omitempty"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string      `json:"id"`
		ShortDescription *sarifText  `json:"shortDescription,omitempty"`
		Help             *sarifText  `json:"help,omitempty"`
		HelpURI          string      `json:"helpUri,omitempty"`
		Configuration    sarifConfig `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool                `json:"executionSuccessful"`
		Notifications       []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct {
		RuleID              string            `json:"ruleId"`
		RuleIndex           int               `json:"ruleIndex"`
		Level               string            `json:"level"`
		Message             sarifText         `json:"message"`
		Locations           []sarifLocation   `json:"locations"`
		CodeFlows           []sarifCodeFlow   `json:"codeFlows,omitempty"`
		PartialFingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifCodeFlow struct {
		ThreadFlows []sarifThreadFlow `json:"threadFlows"`
	}
	sarifThreadFlow struct {
		Locations []sarifFlowLocation `json:"locations"`
	}
	sarifFlowLocation struct {
		Location sarifLocation `json:"location"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
	}
	sarifLogical struct {
		Name               string `json:"name"`
		FullyQualifiedName string `json:"fullyQualifiedName"`
		Kind               string `json:"kind"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI         string     `json:"uri,omitempty"`
		BaseID      string     `json:"uriBaseId,omitempty"`
		Description *sarifText `json:"description,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

const (
	sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"
	srcRoot     = "%SRCROOT%"
	sarifError  = "error"
)

// A sarifHandler gathers findings and writes one SARIF log.
type sarifHandler struct {
	w    io.Writer
	opts Options
	run  sarifRun
}

func newSARIFHandler(w io.Writer, o Options) *sarifHandler {
	driver := sarifDriver{
		Name:           o.Tool.Name,
		Version:        o.Tool.Version,
		InformationURI: o.Tool.URL,
		Rules:          []sarifRule{},
	}
	for _, r := range o.Tool.Rules {
		driver.Rules = append(driver.Rules, sarifRule{
			ID:               r.Code,
			ShortDescription: &sarifText{Text: r.Summary},
			Help:             &sarifText{Text: r.Help, Markdown: r.Markdown},
			HelpURI:          r.URL,
			Configuration:    sarifConfig{sarifError},
		})
	}
	return &sarifHandler{w: w, opts: o, run: sarifRun{
		Tool:        sarifTool{driver},
		Invocations: []sarifInvocation{{ExecutionSuccessful: true}},
		BaseIDs:     map[string]sarifArtifact{srcRoot: {Description: &sarifText{Text: "the root of the source tree"}}},
		ColumnKind:  "unicodeCodePoints",
		Results:     []sarifResult{},
	}}
}

// Finding implements Handler.
func (h *sarifHandler) Finding(f Finding) error {
	location := h.location(f.Span, "")
	if f.Function != "" {
		location.Logical = []sarifLogical{{f.Function, f.Package + "." + f.Function, "function"}}
	}
	result := sarifResult{
		RuleID:              f.Code,
		RuleIndex:           h.rule(f.Code),
		Level:               sarifError,
		Message:             sarifText{Text: f.Message},
		Locations:           []sarifLocation{location},
		PartialFingerprints: map[string]string{h.opts.Tool.Name + "/v1": f.Fingerprint},
	}
	if len(f.Steps) > 0 {
		var flow sarifThreadFlow
		for _, s := range f.Steps {
			flow.Locations = append(flow.Locations, sarifFlowLocation{h.location(s.Span, s.Message)})
		}
		result.CodeFlows = []sarifCodeFlow{{[]sarifThreadFlow{flow}}}
	}
	h.run.Results = append(h.run.Results, result)
	return nil
}

// Note implements Handler. The format has no place for notes.
func (h *sarifHandler) Note(Finding) error { return nil }

// Failure implements Handler.
func (h *sarifHandler) Failure(f Failure) error {
	text := f.Message
	if f.Package != "" {
		text = f.Package + ": " + text
	}
	inv := &h.run.Invocations[0]
	inv.ExecutionSuccessful = false
	inv.Notifications = append(inv.Notifications, sarifNotification{sarifError, sarifText{Text: text}})
	return nil
}

// Close implements Handler.
func (h *sarifHandler) Close(Summary) error {
	return writeJSON(h.w, sarifLog{sarifSchema, "2.1.0", []sarifRun{h.run}})
}

// rule returns the index of the rule of code, which it adds if need be.
func (h *sarifHandler) rule(code string) int {
	rules := &h.run.Tool.Driver.Rules
	i := slices.IndexFunc(*rules, func(r sarifRule) bool { return r.ID == code })
	if i < 0 {
		i = len(*rules)
		*rules = append(*rules, sarifRule{ID: code, Configuration: sarifConfig{sarifError}})
	}
	return i
}

// location translates sp, with columns in code points.
func (h *sarifHandler) location(sp Span, message string) sarifLocation {
	loc := sarifLocation{Physical: sarifPhysical{Artifact: artifact(h.opts.Root, sp.Start.File)}}
	if sp.Start.Line > 0 {
		loc.Physical.Region = &sarifRegion{
			StartLine:   sp.Start.Line,
			StartColumn: h.opts.Source.CodePointColumn(sp.Start),
			EndLine:     sp.End.Line,
			EndColumn:   h.opts.Source.CodePointColumn(sp.End),
		}
	}
	if message != "" {
		loc.Message = &sarifText{Text: message}
	}
	return loc
}

// artifact names a file relative to root, or absolutely if it is elsewhere.
func artifact(root, file string) sarifArtifact {
	rel, inside := Relative(root, file)
	if inside {
		return sarifArtifact{URI: (&url.URL{Path: rel}).String(), BaseID: srcRoot}
	}
	return sarifArtifact{URI: (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(rel, "/")}).String()}
}
