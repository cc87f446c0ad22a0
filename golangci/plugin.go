// Package golangci is a module plugin of golangci-lint, named "lockreentry".
//
// A golangci-lint with the plugin is built by "golangci-lint custom" from this
// .custom-gcl.yml (docs/ci.md has a way without cloning golangci-lint):
//
//	version: v2.15.0
//	plugins:
//	  - module: github.com/lockreentry/lockreentry
//	    import: github.com/lockreentry/lockreentry/golangci
//	    version: latest
//
// and enabled by this .golangci.yml:
//
//	version: "2"
//	linters:
//	  enable: [lockreentry]
//	  settings:
//	    custom:
//	      lockreentry:
//	        type: module
//	        settings:
//	          disable: [recursive-rlock]
//
// The settings are the fields of analyzer.Options; others are refused.
package golangci

import (
	"fmt"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/lockreentry/lockreentry/analyzer"
	"github.com/lockreentry/lockreentry/internal/lock"
)

func init() {
	register.Plugin("lockreentry", newPlugin)
}

// A plugin holds the settings of one golangci-lint run.
type plugin struct {
	options analyzer.Options
}

// newPlugin decodes the settings.
func newPlugin(settings any) (register.LinterPlugin, error) {
	options, err := register.DecodeSettings[analyzer.Options](settings)
	if err == nil {
		err = check(options)
	}
	if err != nil {
		return nil, fmt.Errorf("lockreentry: %w", err)
	}
	return &plugin{options}, nil
}

// check reports what is wrong with the values of settings. The analyzer would
// ignore an unknown code, and tell of a bad model once per package.
func check(o analyzer.Options) error {
	flags := &analyzer.New(analyzer.Options{}).Flags
	for _, code := range o.Disable {
		if err := flags.Set("disable", code); err != nil {
			return fmt.Errorf("disable: %w", err)
		}
	}
	_, err := lock.Parse("models", o.Models)
	return err
}

// BuildAnalyzers implements register.LinterPlugin.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	a := analyzer.New(p.options)
	dropRelated(a)
	return []*analysis.Analyzer{a}, nil
}

// GetLoadMode implements register.LinterPlugin.
func (*plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// dropRelated makes a report its diagnostics without related positions.
// golangci-lint would show each of them as an issue of its own; the message
// tells the whole path anyway.
func dropRelated(a *analysis.Analyzer) {
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		plain := *pass
		plain.Report = func(d analysis.Diagnostic) {
			d.Related = nil
			pass.Report(d)
		}
		return run(&plain)
	}
}
