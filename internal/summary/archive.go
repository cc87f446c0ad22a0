package summary

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/path"
)

// archive writes values to bytes, or reads them back from there: one
// description of a value's parts serves both. Integers are varints; strings
// and path nodes are written once and then referred to by number.
//
// Facts of many functions are read for each package and few are looked into,
// so the bytes are decoded only when they are asked for.
type archive struct {
	table   *path.Table
	reading bool
	data    []byte
	err     error // reading: the bytes are not what was written

	strings []string // in the order of their numbers
	nodes   []*path.Node
	strNum  map[string]int // writing: their numbers
	nodeNum map[*path.Node]int
	own     string // the package's path with a dot, which is written short
}

// ownPackage stands for the path of the package that a fact is of.
const ownPackage = "\x01"

func newWriter(pkg string) *archive {
	return &archive{
		strNum: map[string]int{}, nodeNum: map[*path.Node]int{}, own: pkg + ".",
	}
}

func newReader(t *path.Table, pkg string, data []byte) *archive {
	return &archive{table: t, reading: true, data: data, own: pkg + "."}
}

var errArchive = errors.New("malformed fact")

// Numbers that a string or a node may have instead of its own.
const (
	none     = 0 // the empty string, no node
	followed = 1 // its parts follow
	known    = 2 // the first number of what was seen before
)

func (a *archive) uint(v *uint64) {
	if !a.reading {
		a.data = binary.AppendUvarint(a.data, *v)
		return
	}
	n := 0
	if *v, n = binary.Uvarint(a.data); n <= 0 {
		a.fail()
		*v = 0
		return
	}
	a.data = a.data[n:]
}

// fail ends reading: what follows is zero.
func (a *archive) fail() { a.err, a.data = errArchive, nil }

func (a *archive) int(v *int) {
	u := uint64(*v)<<1 ^ uint64(*v>>63)
	a.uint(&u)
	*v = int(u>>1) ^ -int(u&1)
}

func (a *archive) bool(v *bool) {
	var u uint64
	if *v {
		u = 1
	}
	a.uint(&u)
	*v = u != 0
}

func small[T ~uint8](a *archive, v *T) {
	u := uint64(*v)
	a.uint(&u)
	*v = T(u)
}

// count writes n, or reads the number of elements that follow. Each of them
// takes a byte at least.
func (a *archive) count(n int) int {
	u := uint64(n)
	a.uint(&u)
	if a.reading && u > uint64(len(a.data)) {
		a.fail()
		return 0
	}
	return int(u)
}

// sequence writes or reads the elements of *s by each.
func sequence[T any](a *archive, s *[]T, each func(*archive, *T)) {
	n := a.count(len(*s))
	if a.reading && n > 0 {
		*s = make([]T, n)
	}
	for i := range *s {
		each(a, &(*s)[i])
	}
}

func (a *archive) string(v *string) {
	num := uint64(none)
	if !a.reading && *v != "" {
		if i, ok := a.strNum[*v]; ok {
			num = known + uint64(i)
		} else {
			num = followed
		}
	}
	switch a.uint(&num); {
	case num == none:
		*v = ""
	case num == followed:
		a.text(v)
	case !a.reading:
	case num-known < uint64(len(a.strings)):
		*v = a.strings[num-known]
	default:
		a.fail()
	}
}

// text writes or reads the bytes of a string that was not seen before.
func (a *archive) text(v *string) {
	if !a.reading {
		a.strNum[*v] = len(a.strNum)
		s := strings.ReplaceAll(*v, a.own, ownPackage)
		a.count(len(s))
		a.data = append(a.data, s...)
		return
	}
	n := a.count(0)
	*v = strings.ReplaceAll(string(a.data[:n]), ownPackage, a.own)
	a.data = a.data[n:]
	a.strings = append(a.strings, *v)
}

func (a *archive) node(v **path.Node) {
	num := uint64(none)
	if !a.reading && *v != nil {
		if i, ok := a.nodeNum[*v]; ok {
			num = known + uint64(i)
		} else {
			num = followed
		}
	}
	switch a.uint(&num); {
	case num == none:
		*v = nil
	case num == followed:
		a.parts(v)
	case !a.reading:
	case num-known < uint64(len(a.nodes)):
		*v = a.nodes[num-known]
	default:
		a.fail()
	}
}

// parts writes or reads the parts of a node that was not seen before. It gets
// its number after them.
func (a *archive) parts(v **path.Node) {
	var n path.Parts
	if !a.reading {
		n = (*v).Parts()
	}
	small(a, &n.Kind)
	a.node(&n.Parent)
	a.node(&n.Key)
	a.paths(&n.Args)
	a.int(&n.Index)
	a.string(&n.Name)
	a.string(&n.Owner)
	if !a.reading {
		a.nodeNum[*v] = len(a.nodeNum)
		return
	}
	if !n.Kind.Valid() || slices.Contains(n.Args, nil) {
		a.fail()
		return
	}
	*v = a.table.Restore(n)
	a.nodes = append(a.nodes, *v)
}

func (a *archive) paths(v *[]*path.Node) { sequence(a, v, (*archive).node) }

func (a *archive) texts(v *[]string) { sequence(a, v, (*archive).string) }

// AppendBytes appends part to data so that CutBytes finds its end.
func AppendBytes(data, part []byte) []byte {
	return append(binary.AppendUvarint(data, uint64(len(part))), part...)
}

// CutBytes returns the part at the start of data and what follows it. Of data
// that AppendBytes has not made nothing follows.
func CutBytes(data []byte) (part, rest []byte) {
	size, n := binary.Uvarint(data)
	if n <= 0 || size > uint64(len(data)-n) {
		return nil, nil
	}
	return data[n : n+int(size)], data[n+int(size):]
}
