package census

import "testing"

func TestParse(t *testing.T) {
	want := Count{Functions: 3, LockOps: 14}
	got, err := Parse(want.String())
	if err != nil || got != want {
		t.Errorf("have %v, %v", got, err)
	}
	if _, err := Parse("functions many"); err == nil {
		t.Error("no error")
	}
}

func TestAdd(t *testing.T) {
	if got := (Count{1, 2}).Add(Count{10, 20}); got != (Count{11, 22}) {
		t.Errorf("have %v", got)
	}
}
