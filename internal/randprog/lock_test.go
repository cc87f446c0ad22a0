package randprog

import (
	"encoding/binary"
	"maps"
	"slices"
)

// held is a lock that the goroutine holds.
type held struct {
	mode  string // "write", "read" or "once"
	line  int    // of the acquisition
	stack []*frame
}

// within reports whether f took the lock, or something that it called.
func (h held) within(f *frame) bool { return slices.Contains(h.stack, f) }

// lockState is what a goroutine did to a lock.
type lockState struct {
	held     []held // several only of a read lock
	touched  bool   // was taken here, so no caller holds it
	released bool   // was released for a caller
	again    bool   // was taken while it was held
}

// event is a re-entry that happens on some path. The report of it may stand in
// any function on the stack: where the lock is held by what runs a callback,
// the caller that passes it is the one to blame.
type event struct {
	code        string
	first, last int   // lines of the acquisitions
	holder      int   // line of the call under the lock in the function that holds it
	stack       []int // lines of the calls
	after       bool  // another re-entry comes before it on the path
	causes      []string
}

// codes gives the code of a combination of modes: held, wanted.
var codes = map[[2]string]string{
	{"write", "write"}: "relock", {"read", "write"}: "upgrade",
	{"write", "read"}: "downgrade", {"read", "read"}: "recursive-rlock",
}

// operate performs an operation of package sync. It returns false of a TryLock
// that fails.
func (r *run) operate(op string, ref lockRef) bool {
	st := r.locks[ref]
	if st == nil {
		st = &lockState{}
		r.locks[ref] = st
	}
	switch op {
	case "Lock":
		r.acquire(ref, st, "write")
	case "RLock":
		r.acquire(ref, st, "read")
	case "TryLock", "TryRLock":
		r.feature("TryLock")
		mode := map[string]string{"TryLock": "write", "TryRLock": "read"}[op]
		if len(st.held) > 0 && !st.released && (mode == "write" || st.held[0].mode == "write") || r.choose(2) == 0 {
			return false
		}
		r.hold(st, mode)
	case "Unlock":
		r.release(st, "write")
	case "RUnlock":
		r.release(st, "read")
	}
	return true
}

// acquire takes a lock. If the goroutine holds it that is an event, and what
// would follow is no concern of the test: the path goes on with the lock taken
// twice, or not, and given up as often as it is released, or not.
func (r *run) acquire(ref lockRef, st *lockState, mode string) {
	if r.client != nil {
		r.client.acquires(r, ref, mode)
	}
	for _, h := range st.held {
		st.again = true
		r.happens(codes[[2]string{h.mode, mode}], ref, h)
	}
	if len(st.held) == 0 || r.choose(2) == 0 {
		r.hold(st, mode)
	}
}

func (r *run) hold(st *lockState, mode string) {
	if !st.released {
		st.touched = true
	}
	st.held = append(st.held, held{mode, r.line(), slices.Clone(r.stack)})
}

// release gives up a lock: one that was taken here, or one of the caller. A
// program that unlocks what is not locked crashes; here it goes on, since the
// analyzer is not asked to find that.
func (r *run) release(st *lockState, mode string) {
	if st.again && len(st.held) > 0 && r.choose(2) == 0 {
		return
	}
	any := r.dead && r.choose(2) == 0 // as one would match them by name only
	for i, h := range slices.Backward(st.held) {
		if h.mode == mode || any {
			st.held = slices.Delete(st.held, i, i+1)
			return
		}
	}
	if len(st.held) > 0 {
		r.dead = true
		st.held = st.held[:len(st.held)-1]
	} else if !st.touched && !st.released {
		r.feature("caller's lock released")
		st.released = true
	} else {
		r.dead = true
	}
}

// onceOf names the state of a Once.
func onceOf(ref lockRef) lockRef { return lockRef{ref.o, ref.field + " once"} }

// once runs f unless the Once has run a function before.
func (r *run) once(ref lockRef, f value) {
	ref = onceOf(ref)
	st := r.locks[ref]
	if st == nil {
		st = &lockState{}
		r.locks[ref] = st
		st.touched = r.choose(2) == 1
	}
	if len(st.held) > 0 {
		r.happens("once", ref, st.held[0])
		if r.choose(2) == 0 {
			r.invoke(f, nil) // as with other locks
		}
		return
	}
	if st.touched {
		return
	}
	r.hold(st, "once")
	r.invoke(f, nil)
	st.held = nil
}

// happens notes that the goroutine waits for the lock that it holds by h.
func (r *run) happens(code string, ref lockRef, h held) {
	e := event{code: code, first: h.line, last: r.line(), after: r.dead}
	for _, f := range r.stack {
		e.stack = append(e.stack, f.line)
	}
	r.dead = true
	if r.known(e) {
		return
	}
	common := 0
	for common+1 < len(h.stack) && common+1 < len(r.stack) && h.stack[common+1] == r.stack[common+1] {
		common++
	}
	causes := map[string]bool{"object of " + ref.o.origin: true}
	for i, f := range r.stack {
		if i > common {
			causes["called by "+f.how] = true
		}
	}
	for _, f := range h.stack[common+1:] {
		causes["left held by "+f.how] = true
	}
	if r.client != nil {
		causes[r.prog.operation(h.line)+" again by "+r.prog.operation(r.line())] = true
	}
	maps.Copy(causes, r.features)
	e.holder = r.stack[common].line
	e.causes = slices.Sorted(maps.Keys(causes))
	r.events = append(r.events, e)
}

// known reports whether e happened on a path before.
func (r *run) known(e event) bool {
	key := binary.AppendVarint([]byte(e.code), int64(e.first))
	for _, line := range e.stack {
		key = binary.AppendVarint(key, int64(line))
	}
	if e.after {
		key = append(key, '+')
	}
	if r.met[string(key)] {
		return true
	}
	r.met[string(key)] = true
	return false
}
