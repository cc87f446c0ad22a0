// Package mid is in the middle: it locks nothing by itself.
package mid

import "cross_chain/low"

// A Frame has a buffer.
type Frame struct {
	Buf  *low.Buffer
	head int
}

// Size returns the size of the frame.
func (f *Frame) Size() int { return f.head + f.Buf.Len() }

// Open locks the buffer of the frame.
func (f *Frame) Open() *low.Buffer {
	f.Buf.Acquire()
	return f.Buf
}

// Close unlocks it.
func (f *Frame) Close() { f.Buf.Release() }

// Shrink is called with the buffer locked.
func (f *Frame) Shrink() { f.Buf.Free() }

// Sizes forwards whether to ask.
func (f *Frame) Sizes(ask bool) int {
	if !ask {
		return f.head
	}
	return f.Size()
}
