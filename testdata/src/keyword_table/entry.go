package keyword_table

import "sync"

// A Sink holds keys until they are drained.
type Sink struct {
	mu   sync.Mutex
	keys []*sinkKey
}

type sinkKey struct{ sink *Sink }

func (s *Sink) add() { s.keys = append(s.keys, &sinkKey{sink: s}) }

func (k *sinkKey) drop(held bool) {
	if !held {
		k.sink.mu.Lock()
		defer k.sink.mu.Unlock()
	}
	k.sink.keys = nil
}

func (s *Sink) drain(held bool) {
	for _, k := range s.keys {
		k.drop(held)
	}
}

// done unlocks what its caller says is held.
func (s *Sink) done(held bool) {
	if held {
		s.mu.Unlock()
	}
	s.drain(false)
}

type sinkWord struct {
	name string
	held bool
	run  func(*Sink, bool)
}

var sinkWords = []sinkWord{
	{"drain", true, (*Sink).drain},
	{"later", false, (*Sink).drain},
}

// Fine: the entry says whether its function is called under the lock.
func (s *Sink) Exec(name string) {
	for _, w := range sinkWords {
		if w.name != name {
			continue
		}
		if w.held {
			s.mu.Lock()
			defer s.mu.Unlock()
		}
		w.run(s, w.held)
		return
	}
}

// Deadlocks: it is called under the lock, whatever the entry says.
func (s *Sink) ExecLocked(name string) {
	for _, w := range sinkWords {
		if w.name != name {
			continue
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		w.run(s, w.held) // want `\[relock\]`
		return
	}
}

// Fine: the entry that the deferred call was given says whether the lock is held.
func (s *Sink) ExecAfter(words []*sinkWord, name string) {
	for i := range words {
		if words[i].name != name {
			continue
		}
		defer s.done(words[i].held)
		if words[i].held {
			s.mu.Lock()
		}
		return
	}
}
