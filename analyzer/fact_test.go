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
		inverses: names.Draw(t, "inverses"),
		settled:  names.Draw(t, "settled"),
		stored:   rapid.SliceOfN(rapid.Byte(), 0, 3).Draw(t, "stored"),
	}
}

func drawPackage(t *rapid.T) *PackageFact {
	funcs := rapid.Custom(func(t *rapid.T) []byte { return drawFunc(t).encode() })
	types := rapid.Custom(func(t *rapid.T) []byte { return drawType(t).encode() })
	handed := rapid.Custom(func(t *rapid.T) []byte { return drawHandedOn(t).encode() })
	return &PackageFact{
		own:     compress(drawEntries(t, funcs).pack()),
		told:    handedOn{drawEntries(t, funcs), compress(drawEntries(t, types).pack())},
		stored:  rapid.SliceOfN(rapid.Byte(), 0, 3).Draw(t, "stored"),
		reached: drawEntries(t, handed),
	}
}

func drawHandedOn(t *rapid.T) handedOn {
	part := rapid.SliceOfN(rapid.Byte(), 0, 3)
	return handedOn{drawEntries(t, part), part.Draw(t, "types")}
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
		if !bytes.Equal(back.own, f.own) || !sameEntries(back.told.methods, f.told.methods) || !bytes.Equal(back.told.types, f.told.types) ||
			!bytes.Equal(back.stored, f.stored) || !sameEntries(back.reached, f.reached) {
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
		fn, method, typ := drawFunc(t), drawFunc(t), drawType(t)
		others := drawEntries(t, rapid.SliceOfN(rapid.Byte(), 0, 3))
		add := func(name string, data []byte) []byte {
			m := map[string][]byte{name: data}
			for _, e := range others {
				m[string(e.name)] = e.data
			}
			return compress(newEntries(m).pack())
		}
		methods := newEntries(map[string][]byte{"Type": add("Method", method.encode())})
		told := newTold(&PackageFact{own: add("Func", fn.encode())}, handedOn{}, handedOn{methods, add("Type", typ.encode())})
		if got := told.funcFact("Func"); !bytes.Equal(got.encode(), fn.encode()) {
			t.Errorf("function: have %v, want %v", got, fn)
		}
		if got := told.methodFact("Type", "Method"); !bytes.Equal(got.encode(), method.encode()) {
			t.Errorf("method: have %v, want %v", got, method)
		}
		got := told.typeFact("Type")
		if !bytes.Equal(got.stored, typ.stored) || !equalTexts(got.inverses, typ.inverses) || !equalTexts(got.settled, typ.settled) {
			t.Errorf("type: have %v, want %v", got, typ)
		}
		if told.funcFact("Other") != nil || told.methodFact("Type", "Other") != nil || told.typeFact("Other") != nil {
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
			told := newTold(&PackageFact{own: data}, handedOn{unpack(data), data})
			for _, name := range []string{"", "a"} {
				told.funcFact(name)
				told.methodFact(name, name)
				told.typeFact(name)
			}
		}
		decodeFunc(data)
		decodeType(data)
		decodeHandedOn(data)
	})
}
