package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/lockreentry/lockreentry/internal/corpus/subject"
	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

// A sample is what a tool cost in one round.
type sample struct{ cold, warm vetrun.Usage }

// measured is what the tools cost on one subject.
type measured struct {
	pin     subject.Pin
	samples map[string][]sample    // by the name of the tool, one per round
	facts   map[string][]unitFacts // by the name of the tool
}

// A bench measures the tools on one subject.
type bench struct {
	pin    subject.Pin
	tools  []tool
	rounds int
	dir    string
	log    io.Writer
}

// measure runs the rounds, and once more to see the facts.
func (b *bench) measure(ctx context.Context, sum []byte) (*measured, error) {
	vet, err := b.prepare(ctx, sum)
	if err != nil {
		return nil, err
	}
	m := &measured{pin: b.pin, samples: make(map[string][]sample), facts: make(map[string][]unitFacts)}
	for round := range b.rounds {
		for i := range b.tools {
			t := b.tools[(round+i)%len(b.tools)]
			s, err := b.sample(ctx, vet, t)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", t.name, err)
			}
			fmt.Fprintf(b.log, "%s: round %d: %s: cold %.1f s, warm %.1f s of CPU time\n",
				b.pin, round+1, t.name, s.cold.CPU.Seconds(), s.warm.CPU.Seconds())
			m.samples[t.name] = append(m.samples[t.name], s)
		}
	}
	for _, t := range b.tools {
		if t.name != own && t.name != base {
			continue
		}
		if m.facts[t.name], err = b.facts(ctx, vet, t); err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return m, nil
}

// prepare returns the run that is measured, after one that compiles whatever
// it needs.
func (b *bench) prepare(ctx context.Context, sum []byte) (vetrun.Run, error) {
	w, err := subject.NewWorkspace(ctx, b.pin, sum, b.dir)
	if err != nil {
		return vetrun.Run{}, err
	}
	pkgs, err := w.Packages(ctx)
	if err != nil {
		return vetrun.Run{}, err
	}
	vet, failures := vetrun.On(w, pkgs)
	if len(failures) > 0 {
		return vetrun.Run{}, fmt.Errorf("load packages: %s", failures[0])
	}
	_, err = b.cold(ctx, vet, b.tools[len(b.tools)-1], nil)
	return vet, err
}

// sample runs a tool cold and warm.
func (b *bench) sample(ctx context.Context, vet vetrun.Run, t tool) (s sample, err error) {
	s.cold, err = b.cold(ctx, vet, t, func(vet vetrun.Run) error {
		var err error
		s.warm, err = do(ctx, vet)
		return err
	})
	return s, err
}

// cold runs a tool cold, and then calls what is to be done with the same run
// warm.
func (b *bench) cold(ctx context.Context, vet vetrun.Run, t tool, then func(vetrun.Run) error) (_ vetrun.Usage, err error) {
	if vet.Tool, err = vetrun.Copy(t.path, b.dir, vetrun.Unused()); err != nil {
		return vetrun.Usage{}, err
	}
	defer func() { err = errors.Join(err, os.Remove(vet.Tool)) }()
	u, err := do(ctx, vet)
	if err != nil || then == nil {
		return u, err
	}
	return u, then(vet)
}

// do runs go vet. A package that could not be analysed is an error here: time
// that was not spent must not count.
func do(ctx context.Context, vet vetrun.Run) (vetrun.Usage, error) {
	result, err := vet.Do(ctx)
	if err != nil {
		return vetrun.Usage{}, err
	}
	if len(result.Failures) > 0 {
		return vetrun.Usage{}, fmt.Errorf("go vet: %s", result.Failures[0])
	}
	return result.Usage, nil
}

// facts runs a tool cold and reads the facts that it leaves.
func (b *bench) facts(ctx context.Context, vet vetrun.Run, t tool) (_ []unitFacts, err error) {
	if vet.WorkDir, err = os.MkdirTemp(b.dir, "facts"); err != nil {
		return nil, fmt.Errorf("make temporary directory: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(vet.WorkDir)) }()
	if _, err := b.cold(ctx, vet, t, nil); err != nil {
		return nil, err
	}
	return readFacts(vet.WorkDir)
}
