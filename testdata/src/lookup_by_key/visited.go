package lookup_by_key

import "sync"

// A Room has doors to other rooms, which lead back.
type Room struct {
	mu   sync.Mutex
	next []*Room
	back *Room
	size int
}

// Open makes a room behind r.
func (r *Room) Open() *Room {
	n := &Room{back: r}
	r.next = append(r.next, n)
	return n
}

// Fine: rooms that were seen are not entered again.
func (r *Room) walk(seen map[*Room]bool) {
	if seen[r] {
		return
	}
	seen[r] = true
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, n := range r.next {
		n.walk(seen)
	}
	if r.back != nil {
		r.back.walk(seen)
	}
}

// Walk walks through all rooms.
func (r *Room) Walk() { r.walk(map[*Room]bool{}) }

// Deadlocks: the way back leads to this room again, and so does the way on from there.
func (r *Room) lose(depth int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, n := range r.next {
		n.lose(depth + 1) // want `\[relock\]`
	}
	if r.back != nil && depth < 9 {
		r.back.lose(depth + 1) // want `\[relock\]`
	}
}

// measure locks a room unless it is known to be locked.
func (r *Room) measure(locked map[*Room]bool) int {
	if !locked[r] {
		r.mu.Lock()
		defer r.mu.Unlock()
	}
	return r.size
}

// Fine: the room is known to be locked.
func (r *Room) Measure(locked map[*Room]bool) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	locked[r] = true
	return r.measure(locked)
}

// Deadlocks: nothing was written to the map.
func (r *Room) MeasureUnknown(locked map[*Room]bool) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.measure(locked) // want `\[relock\]`
}
