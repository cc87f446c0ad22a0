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
