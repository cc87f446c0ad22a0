package path

import "testing"

func TestCallsMethod(t *testing.T) {
	for _, c := range []struct {
		format  string
		operand int
		method  string
		want    bool
	}{
		{"%v hit %d times", 0, "String", true},
		{"%v hit %d times", 1, "String", false},
		{"%T at %p", 0, "String", false},
		{"%T at %p", 1, "Format", false},
		{"%d", 0, "Format", true},
		{"%#v", 0, "String", false},
		{"%#v", 0, "GoString", true},
		{"%*d %s", 2, "String", true},
		{"%[2]s %[1]d", 0, "String", false},
		{"%[2]s %[1]d", 1, "String", true},
		{"100%% %s", 0, "String", true},
		{"extra", 0, "String", true}, // %!(EXTRA type=value)
		{"%", 0, "String", true},
	} {
		if got := callsMethod(c.format, c.operand, c.method); got != c.want {
			t.Errorf("callsMethod(%q, %d, %s) = %v, want %v", c.format, c.operand, c.method, got, c.want)
		}
	}
}

func TestVerbOf(t *testing.T) {
	for _, c := range []struct {
		format  string
		operand string
		want    string
	}{
		{`"%d: %s"`, "1", "115"},
		{`"%#v"`, "0", "118"},
		{`""`, "0", "118"},
		{`"%[1]v %[1]v"`, "0", "118"},
		{`"%[1]v %[1]s"`, "0", "?"},
	} {
		tab := NewTable()
		got := tab.VerbOf(tab.Const(c.format), tab.Const(c.operand))
		if got.Kind == Const && got.Name != c.want || got.Kind != Const && c.want != "?" {
			t.Errorf("VerbOf(%s, %s) = %v, want %s", c.format, c.operand, got, c.want)
		}
	}
}
