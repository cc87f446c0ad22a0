// Package int_flags holds cases of lock states told by bits of an int.
package int_flags

import "sync"

const (
	fHeld = 1 << iota
	fQuiet
	fDeep
)

// An Inode is a file.
type Inode struct {
	mu   sync.Mutex
	size int
	link *Inode
}

func (n *Inode) stat(flags int) int {
	if flags&fHeld == 0 {
		n.mu.Lock()
		defer n.mu.Unlock()
	}
	return n.size
}

func (n *Inode) truncate(flags uint8, size int) {
	if flags&fHeld != 0 {
		n.size = size
		return
	}
	n.mu.Lock()
	n.size = size
	n.mu.Unlock()
}

// Fine: the bit is set.
func (n *Inode) Grow(by int) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.size += by
	return n.stat(fHeld)
}

// Fine: the bit is set among others.
func (n *Inode) Shrink(by int) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.truncate(fHeld|fQuiet, n.size-by)
	return n.stat(fQuiet | fHeld | fDeep)
}

// Deadlocks: the bit is not set.
func (n *Inode) Round() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.stat(fQuiet|fDeep) / 512 // want `\[relock\]`
}

// Deadlocks: no bit is set.
func (n *Inode) Zero() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.truncate(0, 0) // want `\[relock\]`
}

// Fine: nothing is held.
func (n *Inode) Size() int { return n.stat(0) }

// deep adds a bit and hands the others on.
func (n *Inode) deep(flags int) int {
	return n.stat(flags | fDeep)
}

// Fine: the bit of the caller survives.
func (n *Inode) Blocks() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.deep(fHeld) / 512
}

// Deadlocks: the caller's bit is not the one that says held.
func (n *Inode) Pages() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.deep(fQuiet) / 4096 // want `\[relock\]`
}

// plain clears the bit: deadlocks for callers with the lock.
func (n *Inode) plain(flags int) int {
	return n.stat(flags &^ fHeld)
}

// Deadlocks: plain has cleared the bit.
func (n *Inode) Hash() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.plain(fHeld) * 31 // want `\[relock\]`
}

// Fine: the bit belongs to n, the lock to its link.
func (n *Inode) Follow() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.link.stat(0)
}

// Fine: the flags are computed next to the lock.
func (n *Inode) Either(lock bool) int {
	flags := fQuiet
	if lock {
		n.mu.Lock()
		defer n.mu.Unlock()
		flags |= fHeld
	}
	return n.stat(flags)
}

// Fine: the bit is set, whatever else the caller asks for.
func (n *Inode) Peek(flags int) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.stat(flags | fHeld)
}

// Fine: another bit is cleared, this one is set.
func (n *Inode) Glance(flags int) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	flags |= fHeld
	flags &^= fDeep
	if flags&fQuiet == 0 {
		flags |= fDeep
	}
	return n.stat(flags)
}

// Deadlocks: the bit is cleared.
func (n *Inode) Stare(flags int) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.stat(flags &^ fHeld) // want `\[relock\]`
}

// Deadlocks: the bit is set and cleared again.
func (n *Inode) Watch(flags int) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	flags |= fHeld | fQuiet
	flags &^= fHeld
	return n.stat(flags) // want `\[relock\]`
}

// Fine: the mode that the function captures is 1.
func (n *Inode) Reader() func() int {
	mode := 1
	return func() int {
		n.mu.Lock()
		defer n.mu.Unlock()
		if mode == 0 {
			return n.stat(0)
		}
		return n.size
	}
}

// Deadlocks: the mode that the function captures is 0.
func (n *Inode) Visit() func() int {
	mode := 0
	return func() int {
		n.mu.Lock()
		defer n.mu.Unlock()
		if mode == 0 {
			return n.stat(0) // want `\[relock\]`
		}
		return n.size
	}
}

// Deadlocks: the mode changes before the function is called.
func (n *Inode) Switch() int {
	mode := 1
	read := func() int {
		n.mu.Lock()
		defer n.mu.Unlock()
		if mode == 0 {
			return n.stat(0) // want `\[relock\]`
		}
		return n.size
	}
	mode = 0
	return read()
}
