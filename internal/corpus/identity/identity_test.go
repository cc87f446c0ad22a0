package identity

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

const statement = "x.items.owner == x for every x of type list.List"

func TestCollect(t *testing.T) {
	root := t.TempDir()
	note := func(file string, line int, text string) vetrun.Diagnostic {
		return vetrun.Diagnostic{Category: Category, File: filepath.Join(root, file), Line: line, Message: statement + ": " + text + " [identity]"}
	}
	finding := vetrun.Diagnostic{Category: "relock", Message: "mu is locked again"}
	rules, findings := Split([]vetrun.Diagnostic{
		note("list/list.go", 3, "proved: its package proves it"),
		note("list/list.go", 9, "proved: an object is put into x.items and leads back, as at every other store, in Add"),
		finding,
		note("queue/queue.go", 5, "proved: o is put into x.items and leads back, as at every other store, in Push"),
		note("queue/queue_test.go", 7, "rejected: o is put into x.items and is not known to lead back, in TestPush"),
		note("../other/list.go", 3, "proved: its package proves it"),
	})
	if !reflect.DeepEqual(findings, []vetrun.Diagnostic{finding}) {
		t.Errorf("findings: %v", findings)
	}
	got, err := Collect("m", root, rules)
	if err != nil {
		t.Fatal(err)
	}
	want := []Rule{
		{Key{"m", "list", statement}, true, "list/list.go", 9, "an object is put into x.items and leads back, as at every other store, in Add"},
		{Key{"m", "queue", statement}, false, "queue/queue_test.go", 7, "o is put into x.items and is not known to lead back, in TestPush"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("have %+v\nwant %+v", got, want)
	}
	if _, err := Collect("m", root, []vetrun.Diagnostic{note("a.go", 1, "perhaps: so")}); err == nil {
		t.Error("no error for a rule that is neither proved nor rejected")
	}
}

func TestParse(t *testing.T) {
	got, err := Parse(strings.NewReader("# comment\nholds m list " + statement + "\n\tAdd is the only store,\n\tof a new item.\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Verdict{{Key{"m", "list", statement}, Holds, "Add is the only store, of a new item."}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("have %+v\nwant %+v", got, want)
	}
	for text, want := range map[string]string{
		"holds m list\n\tr\n":                      "want",
		"maybe m list x\n\tr\n":                    `unknown kind "maybe"`,
		"holds m list x\n":                         "verdict on x has no reason",
		strings.Repeat("holds m list x\n\tr\n", 2): "line 3: second verdict on x",
		"\treason\n":                               "line 1: reason stands before the first verdict",
	} {
		if _, err := Parse(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error is %v, want %s", text, err, want)
		}
	}
}

func TestCompare(t *testing.T) {
	rule := func(name string, proved bool) Rule { return Rule{Key: Key{"m", ".", name}, Proved: proved} }
	entry := func(module, name string, kind Kind) Verdict { return Verdict{Key{module, ".", name}, kind, "r"} }
	rules := []Rule{rule("read", true), rule("unread", true), rule("wrong", true), rule("broken", false)}
	verdicts := []Verdict{
		entry("m", "read", Holds),
		entry("m", "wrong", Wrong),
		entry("m", "broken", Holds),
		entry("m", "learned", Wrong),
		entry("other", "read", Holds),
	}
	c := Compare("m", rules, verdicts)
	if c.Looked != 4 || len(c.Proved) != 3 || c.Read() != 2 {
		t.Errorf("looked for %d, proved %+v, read %d", c.Looked, c.Proved, c.Read())
	}
	if wrong := c.Wrong(); len(wrong) != 1 || wrong[0].Rule.Statement != "wrong" {
		t.Errorf("wrong: %+v", wrong)
	}
	if len(c.Missing) != 1 || c.Missing[0].Statement != "broken" {
		t.Errorf("missing: %+v", c.Missing)
	}
	if c.Clean() {
		t.Error("clean, with a wrong and a missing rule")
	}
	if c := Compare("m", rules[:2], verdicts[:1]); !c.Clean() {
		t.Errorf("not clean: %+v", c)
	}
}
