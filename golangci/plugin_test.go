package golangci

import (
	"slices"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"
)

// load returns what golangci-lint gets for the given settings.
func load(t *testing.T, settings any) (register.LinterPlugin, error) {
	t.Helper()
	construct, err := register.GetPlugin("lockreentry")
	if err != nil {
		t.Fatal(err)
	}
	return construct(settings)
}

func TestSettings(t *testing.T) {
	tests := []struct {
		name     string
		settings any
		wantErr  string // part of the error, or ""
	}{
		{"none", nil, ""},
		{"empty", map[string]any{}, ""},
		{"disable", map[string]any{"disable": []any{"recursive-rlock"}}, ""},
		{"unknown", map[string]any{"disabled": []any{"relock"}}, `unknown field "disabled"`},
		{"type", map[string]any{"disable": "relock"}, "decoding settings"},
		{"code", map[string]any{"disable": []any{"reloc"}}, `disable: unknown code "reloc"`},
		{"models", map[string]any{"models": "func p.F none\nfunc p.G grab p0\n"}, `models:2: p.G: unknown effect "grab"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := load(t, tt.settings)
			if tt.wantErr != "" {
				if err == nil || !strings.Contains(err.Error(), tt.wantErr) {
					t.Fatalf("error %v, want one with %q", err, tt.wantErr)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			analyzers, err := p.BuildAnalyzers()
			if err != nil || len(analyzers) != 1 || analyzers[0].Name != "lockreentry" {
				t.Fatalf("analyzers %v, error %v", analyzers, err)
			}
			if err := analysis.Validate(analyzers); err != nil {
				t.Error(err)
			}
			if got := p.GetLoadMode(); got != register.LoadModeTypesInfo {
				t.Errorf("load mode %q", got)
			}
		})
	}
}

func TestOptions(t *testing.T) {
	p, err := load(t, map[string]any{"disable": []any{"once"}, "models": "func p.F none", "debug": true})
	if err != nil {
		t.Fatal(err)
	}
	o := p.(*plugin).options
	if !slices.Equal(o.Disable, []string{"once"}) || o.Models != "func p.F none" || !o.Debug {
		t.Errorf("options %+v", o)
	}
}

// TestDropRelated checks that a diagnostic arrives without related positions
// and otherwise as it was, and that the pass is not changed for others.
func TestDropRelated(t *testing.T) {
	a := &analysis.Analyzer{Run: func(pass *analysis.Pass) (any, error) {
		pass.Report(analysis.Diagnostic{Pos: 7, Message: "m", Related: []analysis.RelatedInformation{{Message: "step"}}})
		return "result", nil
	}}
	dropRelated(a)
	var got []analysis.Diagnostic
	pass := &analysis.Pass{Report: func(d analysis.Diagnostic) { got = append(got, d) }}
	result, err := a.Run(pass)
	if result != "result" || err != nil {
		t.Errorf("result %v, %v", result, err)
	}
	if len(got) != 1 || got[0].Message != "m" || got[0].Pos != 7 || got[0].Related != nil {
		t.Errorf("reported %+v", got)
	}
	pass.Report(analysis.Diagnostic{Related: make([]analysis.RelatedInformation, 1)})
	if len(got[1].Related) != 1 {
		t.Error("the pass itself was changed")
	}
}
