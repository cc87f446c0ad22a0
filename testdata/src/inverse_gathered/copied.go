package inverse_gathered

import "sync"

// A Feed calls those who have subscribed, from a copy of the list.
type Feed struct {
	mu   sync.Mutex
	subs []func(int)
	late []func(int)
}

// Subscribe adds a subscriber.
func (f *Feed) Subscribe(fn func(int)) {
	f.mu.Lock()
	f.subs = append(f.subs, fn)
	f.mu.Unlock()
}

func (f *Feed) send(n int) {
	f.mu.Lock()
	subs := append([]func(int){}, f.subs...)
	f.mu.Unlock()
	for _, fn := range subs {
		fn(n)
	}
}

func (f *Feed) sendMade(n int) {
	subs := make([]func(int), len(f.subs))
	copy(subs, f.subs)
	for _, fn := range subs {
		fn(n)
	}
}

func (f *Feed) sendBoth(n int) {
	subs := append([]func(int){}, f.subs...)
	subs = append(subs, f.late...)
	for _, fn := range subs {
		fn(n)
	}
}

func (f *Feed) sendTo(o *Feed, n int) {
	subs := append([]func(int){}, o.subs...)
	for _, fn := range subs {
		fn(n)
	}
}

// A Chain has a feed that calls it.
type Chain struct {
	mu   sync.RWMutex
	feed Feed
	head int
}

// NewChain returns a chain.
func NewChain() *Chain {
	c := &Chain{}
	c.feed.Subscribe(c.onHead)
	return c
}

func (c *Chain) onHead(int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
}

// Deadlocks: the copy has what the feed has.
func (c *Chain) Write(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.head = n
	c.feed.send(n)     // want `\[downgrade\]`
	c.feed.sendMade(n) // want `\[downgrade\]`
}

// Fine: the subscribers of another chain.
func (c *Chain) WriteOther(o *Chain, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	o.feed.send(n)
	c.feed.sendTo(&o.feed, n)
}

// Fine, as far as one can know: others are called, too.
func (c *Chain) WriteBoth(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.feed.sendBoth(n)
}

// Fine: without the lock.
func (c *Chain) WriteLater(n int) {
	c.mu.Lock()
	c.head = n
	c.mu.Unlock()
	c.feed.send(n)
}

// A Club has members by themselves.
type Club struct {
	mu      sync.Mutex
	members map[*Fellow]bool
}

// A Fellow is in a club.
type Fellow struct{ club *Club }

// Enter makes a member.
func (c *Club) Enter() { c.members[&Fellow{club: c}] = true }

func (f *Fellow) leave() {
	f.club.mu.Lock()
	delete(f.club.members, f)
	f.club.mu.Unlock()
}

func (c *Club) all() []*Fellow {
	list := make([]*Fellow, 0, len(c.members))
	for f := range c.members {
		list = append(list, f)
	}
	return list
}

// Deadlocks: the keys of the map are gathered.
func (c *Club) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range c.all() {
		f.leave() // want `\[relock\]`
	}
}

// Fine: they are those of another club.
func (c *Club) CloseOther(o *Club) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range o.all() {
		f.leave()
	}
}

// A Circle has a list of fellows with locks of their own.
type Circle struct {
	mu   sync.Mutex
	list []*Friend
}

// A Friend is in a circle.
type Friend struct {
	mu     sync.Mutex
	circle *Circle
	n      int
}

// Meet makes a friend.
func (c *Circle) Meet() *Friend {
	f := &Friend{circle: c}
	c.mu.Lock()
	c.list = append(c.list, f)
	c.mu.Unlock()
	return f
}

func (f *Friend) greet() {
	f.mu.Lock()
	f.n++
	f.mu.Unlock()
}

func (c *Circle) all() {
	c.mu.Lock()
	list := append([]*Friend(nil), c.list...)
	c.mu.Unlock()
	for _, f := range list {
		f.greet()
	}
}

func (c *Circle) rest(me *Friend) {
	c.mu.Lock()
	list := append([]*Friend(nil), c.list...)
	c.mu.Unlock()
	for _, f := range list {
		if f != me {
			f.greet()
		}
	}
}

// Deadlocks: the friend is in its circle.
func (f *Friend) TellAll() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.circle.all() // want `\[relock\]`
}

// Fine: it is left out.
func (f *Friend) TellRest() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.circle.rest(f)
}
