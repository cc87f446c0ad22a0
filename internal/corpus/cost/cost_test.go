package main

import (
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/lockreentry/lockreentry/internal/corpus/subject"
	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

func TestReadFacts(t *testing.T) {
	dir := t.TempDir()
	for unit, output := range map[string]string{
		"some": "vetx\x03\x00\x00\x00\x02\x00\x00\x00typfa",
		"none": "vetx\x03\x00\x00\x00\x00\x00\x00\x00typ",
	} {
		sub := filepath.Join(dir, unit)
		if err := os.Mkdir(sub, 0o777); err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{configName: `{"ID":"` + unit + `"}`, outputName: output} {
			if err := os.WriteFile(filepath.Join(sub, name), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, err := readFacts(dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := []unitFacts{{"none", 0}, {"some", 2}}; !reflect.DeepEqual(got, want) {
		t.Errorf("have %v, want %v", got, want)
	}

	bad := filepath.Join(dir, "some", outputName)
	if err := os.WriteFile(bad, []byte("vetx\x03\x00\x00\x00\x02\x00\x00\x00typ"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := readFacts(dir); err == nil || !strings.Contains(err.Error(), "unknown format") {
		t.Errorf("error is %v", err)
	}
	if _, err := readFacts(t.TempDir()); err == nil {
		t.Error("no error for an empty directory")
	}
}

func TestSummarize(t *testing.T) {
	got := summarize([]unitFacts{{"a", 0}, {"b", 0}, {"c", 10}, {"d", 30}, {"e", 50}})
	want := factSummary{units: 5, median: 10, withFacts: 3, medianOfThose: 30, most95: 30, most: 50, total: 90, mostUnit: "e"}
	if got != want {
		t.Errorf("have %+v\nwant %+v", got, want)
	}
	if got := summarize(nil); got != (factSummary{}) {
		t.Errorf("of nothing: %+v", got)
	}
}

func TestMedian(t *testing.T) {
	values := []int{5, 1, 3, 2}
	if m := median(values); m != 2 {
		t.Errorf("median is %d", m)
	}
	if values[0] != 5 {
		t.Error("median sorted its argument")
	}
}

func TestWriteCosts(t *testing.T) {
	sampleOf := func(seconds int, peak int64) sample {
		u := vetrun.Usage{CPU: time.Duration(seconds) * time.Second, Wall: time.Second, PeakRSS: peak << 20}
		return sample{cold: u, warm: vetrun.Usage{CPU: time.Second}}
	}
	m := &measured{
		pin: subject.Pin{Module: "m", Version: "v1.0.0"},
		samples: map[string][]sample{
			own:  {sampleOf(10, 100), sampleOf(20, 100), sampleOf(33, 100)},
			base: {sampleOf(10, 50), sampleOf(40, 50), sampleOf(30, 50)},
		},
	}
	var out strings.Builder
	writeCosts(&out, []tool{{name: own}}, []*measured{m})
	if want := "| m@v1.0.0 | lockreentry | 20.0 | 10.0–33.0 | 1.00 | 1.0 | 1.0 | 100 | 2.00 |\n"; !strings.HasSuffix(out.String(), want) {
		t.Errorf("have %s\nwant %s", out.String(), want)
	}
}

func TestParseFlags(t *testing.T) {
	opts, err := parseFlags(nil, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if opts.rounds != 5 || !opts.only.MatchString("google.golang.org/grpc@v1.0.0") || opts.only.MatchString("golang.org/x/tools@v1.0.0") {
		t.Errorf("defaults: %+v", opts)
	}
	for _, args := range [][]string{{"-n", "0"}, {"-only", "("}, {"extra"}} {
		if _, err := parseFlags(args, io.Discard); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}
