package zero_fields

import "sync"

// A base has a lock for its writer, and one for its readers.
type base struct {
	writer  sync.Mutex
	readers sync.RWMutex
}

type session struct {
	base  *base
	write bool
}

// start sets the flag only if it is asked to.
func (b *base) start(params ...bool) *session {
	s := &session{base: b}
	if len(params) > 0 {
		s.write = params[0]
	}
	if s.write {
		b.writer.Lock()
	} else {
		b.readers.RLock()
	}
	return s
}

func (s *session) commit() {
	if s.write {
		s.base.readers.Lock()
		s.base.readers.Unlock()
		s.base.writer.Unlock()
		return
	}
	s.base.readers.RUnlock()
}

// upgrade forgets that others read, too.
func (s *session) upgrade() {
	if !s.write {
		s.base.readers.Lock()
		s.base.readers.Unlock()
	}
}

func startAndCommit(b *base) {
	s := b.start(true)
	s.commit()
	s = b.start()
	s.commit()
}

func startAndCommitAny(b *base, params ...bool) {
	s := b.start(params...)
	s.commit()
}

func startAndUpgrade(b *base, params ...bool) {
	s := b.start(params...)
	s.upgrade() // want `b\.readers is write-locked while read-locked`
}

// prepare sets the flag before one of its returns.
func (b *base) prepare(set, write bool) *session {
	s := &session{base: b}
	if set {
		s.write = write
		return s
	}
	return s
}

func preparedUnset(b *base) {
	s := b.prepare(false, true)
	b.readers.Lock()
	defer b.readers.Unlock()
	if s.write {
		s.commit()
	}
}

func preparedSet(b *base) {
	s := b.prepare(true, true)
	b.readers.Lock()
	defer b.readers.Unlock()
	s.commit() // want `b\.readers is locked again while held`
}
