package option_funcs

import "sync"

// Options are added to those of the caller: then there is at least one.

type ledger struct {
	mu sync.Mutex
	n  int
}

type ledgerOptions struct {
	locked bool
	n      int
}

type ledgerOption func(*ledgerOptions)

func ledgerLocked() ledgerOption     { return func(o *ledgerOptions) { o.locked = true } }
func ledgerCount(n int) ledgerOption { return func(o *ledgerOptions) { o.n = n } }

func (l *ledger) book(options ...ledgerOption) {
	var o ledgerOptions
	for _, set := range options {
		set(&o)
	}
	if !o.locked {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	l.n += o.n
}

func (l *ledger) bookOne(options ...ledgerOption) {
	l.book(append(options, ledgerCount(1))...)
}

func (l *ledger) bookAll(options ...ledgerOption) {
	all := make([]ledgerOption, 0, len(options)+1)
	all = append(all, options...)
	all = append(all, ledgerCount(1))
	l.book(all...)
}

func (l *ledger) bookSame(options ...ledgerOption) {
	all := make([]ledgerOption, 0, len(options))
	l.book(all...)
}

func (l *ledger) close(more bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.bookOne(ledgerLocked())
	l.bookAll(ledgerLocked())
	options := []ledgerOption{}
	if more {
		options = append(options, ledgerLocked())
		l.book(options...)
	}
	l.book()                    // want `\[relock\]`
	l.bookSame(ledgerCount(1))  // want `\[relock\]`
	l.book([]ledgerOption{}...) // want `\[relock\]`
}
