// Package sorted_pairs holds cases of two locks taken in a sorted order.
package sorted_pairs

import "sync"

// A Wallet holds coins.
type Wallet struct {
	mu    sync.Mutex
	id    int
	coins int
}

func (w *Wallet) balance() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.coins
}

// Fine: the wallets are two, whichever comes first.
func Transfer(a, b *Wallet, n int) {
	if a.id > b.id {
		a, b = b, a
		n = -n
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.coins -= n
	b.coins += n
}

func lockBoth(a, b *Wallet) {
	if a.id < b.id {
		a.mu.Lock()
		b.mu.Lock()
	} else {
		b.mu.Lock()
		a.mu.Lock()
	}
}

func unlockBoth(a, b *Wallet) {
	a.mu.Unlock()
	b.mu.Unlock()
}

// Fine: the locks are released before the balances are asked for.
func Swap(a, b *Wallet) int {
	lockBoth(a, b)
	a.coins, b.coins = b.coins, a.coins
	unlockBoth(a, b)
	return a.balance() + b.balance()
}

// Deadlocks: in either order, a is locked.
func Level(a, b *Wallet) {
	lockBoth(a, b)
	if a.balance() > 0 { // want `\[relock\]`
		b.coins++
	}
	unlockBoth(a, b)
}

// Fine: equal wallets are left out before.
func Merge(a, b *Wallet) {
	if a == b {
		return
	}
	a.mu.Lock()
	b.mu.Lock()
	a.coins += b.coins
	b.mu.Unlock()
	a.mu.Unlock()
}

// Deadlocks: equal wallets are not left out, they are locked twice.
func Split(a, b *Wallet) {
	if a != b {
		return
	}
	a.mu.Lock()
	b.mu.Lock() // want `\[relock\]`
	a.coins /= 2
	b.mu.Unlock()
}

// Fine: the second is locked only when it is another wallet.
func Join(a, b *Wallet) {
	a.mu.Lock()
	if b != a {
		b.mu.Lock()
	}
	a.coins += b.coins
	if b != a {
		b.mu.Unlock()
	}
	a.mu.Unlock()
}

// Deadlocks: a pair of one wallet.
func Self(a *Wallet) {
	lockBoth(a, a) // want `\[relock\]`
	a.coins++
	a.mu.Unlock()
}

// Fine: first and last of a list are two wallets, or nothing says otherwise.
func Ends(ws []*Wallet) int {
	first, last := ws[0], ws[len(ws)-1]
	first.mu.Lock()
	defer first.mu.Unlock()
	return first.coins + last.balance()
}
