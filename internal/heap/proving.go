package heap

import "math"

// A proof is by induction over the stores of the program: it may take for true what it
// is to prove. So may the proofs of other rules that it asks for on the way. What these
// have proved by it stands or falls with it.

// settled is the place of a rule that rests on no proof going on.
const settled = math.MaxInt

// holds reports whether r is proved, or taken for true in a proof going on.
func (h *Heap) holds(r *rule) bool {
	if r.state == unchecked {
		h.prove(r)
	}
	if r.state != rejected {
		h.restOn(r.rests)
	}
	return r.state != rejected
}

// prove checks r, and settles or takes back what was proved by it.
func (h *Heap) prove(r *rule) {
	place, before := len(h.proving), len(h.tentative)
	r.state, r.rests, r.by = checking, place, event{}
	h.proving = append(h.proving, r)
	reason := h.check(r)
	h.proving = h.proving[:place]
	switch {
	case reason != "":
		r.state, r.reason, r.rests = rejected, reason, settled
		for _, other := range h.tentative[before:] {
			other.state = unchecked
		}
		h.tentative = h.tentative[:before]
	case r.rests < place:
		r.state = proved
		h.tentative = append(h.tentative, r)
	default:
		r.state, r.rests = proved, settled
		for _, other := range h.tentative[before:] {
			other.rests = settled
		}
		h.tentative = h.tentative[:before]
	}
}

// restOn notes that the proof going on uses a rule that rests on the one at place of
// the proofs.
func (h *Heap) restOn(place int) {
	if n := len(h.proving); n > 0 && place < n {
		r := h.proving[n-1]
		r.rests = min(r.rests, place)
	}
}
