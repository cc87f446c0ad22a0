package randprog

// heapPrelude is what all generated programs with heap objects use: owners
// that keep kids in fields and containers, kids that point back. No two
// structs have a field of one name, so that a rule tells what it is about.
const heapPrelude = `package p

import "sync"

func input() bool
func number() int

type Owner struct {
	mu    sync.Mutex
	rw    sync.RWMutex
	one   *Kid
	kids  []*Kid
	byKey map[int]*Kid
	queue chan *Kid
	hook  func()
	peer  *Owner
}

type Kid struct {
	sync.Mutex
	owner *Owner
	link  *Link
	boss  Boss
	next  *Kid
	done  func()
}

type Link struct{ of *Owner }

type Boss interface{ poke(k *Kid) }

func newOwner() *Owner {
	o := &Owner{byKey: map[int]*Kid{}, queue: make(chan *Kid, 3)}
	o.peer = &Owner{byKey: map[int]*Kid{}, queue: make(chan *Kid, 3), peer: o}
	return o
}

func (o *Owner) addSome() *Kid {
	if input() {
		o.add()
	}
	return o.add()
}
`

// role is what a generated function is for.
type role byte

const (
	makes role = 'm' // makes objects, and returns one
	wires role = 'w' // connects objects
	uses  role = 'u' // takes locks and calls
)

// heapSignature is what callers need to know of a generated function.
type heapSignature struct {
	name   string
	recv   byte   // kind of the receiver, or 0
	params string // kinds: o owner, k kid, b flag, n number, f function, i boss
	result string // "", "o", "k", "f"
	role   role
	open   bool // no other function calls it
}

var heapKinds = map[byte]string{
	'o': "*Owner", 'k': "*Kid", 'b': "bool", 'n': "int", 'f': "func()", 'i': "Boss",
}
