package options_struct

import "sync"

// A struct within the options has the flag, and is passed on in one piece.

type account struct {
	mu      sync.Mutex
	balance int
}

type lockedFlags struct{ account, ledger bool }

type posting struct {
	lockedFlags
	n int
}

type transfer struct {
	posting
	to *account
}

func (f lockedFlags) lock(a *account) {
	if !f.account {
		a.mu.Lock()
	}
}

func (f *lockedFlags) unlock(a *account) {
	if !f.account {
		a.mu.Unlock()
	}
}

func (t transfer) apply() {
	t.lock(t.to)
	t.to.balance += t.n
	t.unlock(t.to)
}

func (a *account) post(f lockedFlags) { transfer{posting{f, 1}, a}.apply() }

func (a *account) repost(p posting) {
	t := transfer{to: a}
	t.posting = p
	t.apply()
}

func nestedFlags(a *account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.post(lockedFlags{account: true})
	a.repost(posting{lockedFlags: lockedFlags{account: true}})
	a.post(lockedFlags{ledger: true}) // want `\[relock\]`
	a.repost(posting{n: 1})           // want `\[relock\]`
}
