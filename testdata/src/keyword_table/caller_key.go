package keyword_table

import "sync"

// A Dial is turned by functions that callers choose by a constant.
type Dial struct {
	mu sync.Mutex
	n  int
}

type turn int

const (
	turnHeld turn = iota
	turnFree
	turnBack
)

func (d *Dial) turnHeld() { d.n++ }

func (d *Dial) turnFree() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turnHeld()
}

type turner struct {
	name string
	run  func(*Dial)
}

var (
	turnMap     = map[turn]func(*Dial){turnHeld: (*Dial).turnHeld, turnFree: (*Dial).turnFree, turnBack: (*Dial).turnFree}
	turnArray   = [...]func(*Dial){turnHeld: (*Dial).turnHeld, turnFree: (*Dial).turnFree}
	turnSlice   = []func(*Dial){turnHeld: (*Dial).turnHeld, turnFree: (*Dial).turnFree}
	turnStructs = map[turn]turner{turnHeld: {"held", (*Dial).turnHeld}, turnFree: {"free", (*Dial).turnFree}}
	turners     = []turner{turnHeld: {"held", (*Dial).turnHeld}, turnFree: {"free", (*Dial).turnFree}}
	turnPtrs    = map[turn]*turner{
		turnHeld: {"held", func(d *Dial) { d.n++ }},
		turnFree: {"free", func(d *Dial) { d.mu.Lock(); d.mu.Unlock() }},
	}
)

func (d *Dial) byMap(t turn)    { turnMap[t](d) }
func (d *Dial) byArray(t turn)  { turnArray[t](d) }
func (d *Dial) bySlice(t turn)  { turnSlice[t](d) }
func (d *Dial) byStruct(t turn) { turners[t].run(d) }
func (d *Dial) byPtr(t turn)    { turnPtrs[t].run(d) }

func (d *Dial) byEntry(t turn) {
	if e, ok := turnStructs[t]; ok {
		e.run(d)
	}
}

// Fine: the functions by that key lock nothing.
func (d *Dial) Held() {
	d.mu.Lock()
	defer d.mu.Unlock()
	turnArray[turnHeld](d)
	d.byMap(turnHeld)
	d.byArray(turnHeld)
	d.bySlice(turnHeld)
	d.byStruct(turnHeld)
	d.byPtr(turnHeld)
	d.byEntry(turnHeld)
}

// Deadlocks: those by the others lock.
func (d *Dial) Free(t turn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	turnArray[turnFree](d) // want `\[relock\]`
	d.byMap(turnFree)      // want `\[relock\]`
	d.byMap(turnBack)      // want `\[relock\]`
	d.byArray(turnFree)    // want `\[relock\]`
	d.bySlice(turnFree)    // want `\[relock\]`
	d.byStruct(turnFree)   // want `\[relock\]`
	d.byPtr(turnFree)      // want `\[relock\]`
	d.byEntry(turnFree)    // want `\[relock\]`
	d.byArray(t)           // want `\[relock\]`
}

var turnLater []func(*Dial)

func init() {
	turnLater = append(turnLater, (*Dial).turnHeld)
	turnLater = append(turnLater, func(d *Dial) { d.mu.Lock(); d.mu.Unlock() })
}

// Deadlocks: what is appended has the index that is next.
func (d *Dial) Later() {
	d.mu.Lock()
	defer d.mu.Unlock()
	turnLater[1](d) // want `\[relock\]`
}
