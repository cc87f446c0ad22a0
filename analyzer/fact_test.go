package analyzer

import (
	"bytes"
	"encoding/gob"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// drawEntries draws entries with contents that data draws.
func drawEntries(t *rapid.T, data *rapid.Generator[[]byte]) entries {
	return newEntries(rapid.MapOfN(rapid.StringMatching(`[a-z/.]{0,3}`), data, 0, 4).Draw(t, "entries"))
}

func drawFunc(t *rapid.T) *funcFact {
	part := rapid.SliceOfN(rapid.Byte(), 0, 3)
	return &funcFact{summary: part.Draw(t, "summary"), effects: part.Draw(t, "effects"), wires: rapid.Bool().Draw(t, "wires")}
}

func drawType(t *rapid.T) *typeFact {
	names := rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,3}`), 0, 3)
	return &typeFact{
		methods:  drawEntries(t, rapid.Custom(func(t *rapid.T) []byte { return drawFunc(t).encode() })),
		inverses: names.Draw(t, "inverses"),
		settled:  names.Draw(t, "settled"),
		stored:   rapid.SliceOfN(rapid.Byte(), 0, 3).Draw(t, "stored"),
	}
}

func drawPackage(t *rapid.T) *PackageFact {
	funcs := drawEntries(t, rapid.Custom(func(t *rapid.T) []byte { return drawFunc(t).encode() }))
	types := drawEntries(t, rapid.Custom(func(t *rapid.T) []byte { return drawType(t).encode() }))
	return &PackageFact{
		own: compress(funcs.pack()), types: compress(types.pack()),
		reached: drawEntries(t, rapid.SliceOfN(rapid.Byte(), 0, 3)),
	}
}

// sameEntries reports whether a and b have the same names and data.
func sameEntries(a, b entries) bool { return bytes.Equal(a.pack(), b.pack()) }

// TestFacts checks that importers read what was written, and that it is always
// written in the same bytes.
func TestFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawPackage(t)
		var file bytes.Buffer
		if err := gob.NewEncoder(&file).Encode(f); err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		if err := gob.NewEncoder(&again).Encode(f); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(file.Bytes(), again.Bytes()) {
			t.Fatal("encoding twice gives different bytes")
		}
		var back PackageFact
		if err := gob.NewDecoder(&file).Decode(&back); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(back.own, f.own) || !bytes.Equal(back.types, f.types) || !sameEntries(back.reached, f.reached) {
			t.Fatalf("have %v, want %v", &back, f)
		}
		for _, e := range f.reached {
			if data, ok := back.reached.find(string(e.name)); !ok || !bytes.Equal(data, e.data) {
				t.Fatalf("entry %q: have %v, %v, want %v", e.name, data, ok, e.data)
			}
		}
	})
}

// TestTold checks that the facts of functions and types are found by their names.
func TestTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fn, typ := drawFunc(t), drawType(t)
		others := drawEntries(t, rapid.SliceOfN(rapid.Byte(), 0, 3))
		add := func(name string, data []byte) []byte {
			m := map[string][]byte{name: data}
			for _, e := range others {
				m[string(e.name)] = e.data
			}
			return compress(newEntries(m).pack())
		}
		told := newTold(PackageFact{own: add("Func", fn.encode()), types: add("Type", typ.encode())})
		if got := told.funcFact("Func"); !bytes.Equal(got.encode(), fn.encode()) {
			t.Errorf("function: have %v, want %v", got, fn)
		}
		got := told.typeFact("Type")
		if !sameEntries(got.methods, typ.methods) || !bytes.Equal(got.stored, typ.stored) ||
			!equalTexts(got.inverses, typ.inverses) || !equalTexts(got.settled, typ.settled) {
			t.Errorf("type: have %v, want %v", got, typ)
		}
		if told.funcFact("Other") != nil || told.typeFact("Other") != nil {
			t.Error("facts of what there is none about")
		}
	})
}

func equalTexts(a, b []string) bool { return len(a)+len(b) == 0 || reflect.DeepEqual(a, b) }

// TestFactsMalformed checks that bytes which are no fact are read as something, and
// never end the analysis.
func TestFactsMalformed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOfN(rapid.Byte(), 0, 30).Draw(t, "data")
		for _, data := range [][]byte{data, compress(data)} {
			told := newTold(PackageFact{own: data, types: data})
			for _, name := range []string{"", "a"} {
				told.funcFact(name)
				told.typeFact(name)
			}
		}
		decodeFunc(data)
		decodeType(data)
	})
}
