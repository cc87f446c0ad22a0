package analyzer

import (
	"reflect"
	"testing"
)

func TestMethodFacts(t *testing.T) {
	want := map[string]*FuncFact{
		"Close": {Summary: []byte{1, 2, 3}, Effects: []byte{}},
		"Lock":  {Summary: []byte{}, Effects: make([]byte, 300)},
	}
	var f TypeFact
	f.setMethods(want)
	if got := f.methods(); !reflect.DeepEqual(got, want) {
		t.Errorf("have %v, want %v", got, want)
	}
	for n := range f.Methods {
		cut := TypeFact{Methods: f.Methods[:n]}
		cut.methods() // must end
	}
}
