// Package inverse_called holds cases of functions that are called by name with an owner's own objects, and in other ways with any.
package inverse_called

import "sync"

// A Club has members, guests, staff, and honours.
type Club struct {
	mu      sync.Mutex
	members []*Member
	guests  []*guest
	staff   []*waiter
	honours []*medal
	n       int
}

// A Member belongs to a club.
type Member struct{ club *Club }

type guest struct{ club *Club }
type waiter struct{ club *Club }
type medal struct{ club *Club }

func (c *Club) visit() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

// Join is exported: importers may call it with a member of another club.
func (c *Club) Join(m *Member) { c.members = append(c.members, m) }

// NewMember makes a member of c.
func (c *Club) NewMember() *Member {
	m := &Member{club: c}
	c.Join(m)
	return m
}

// Fine, as far as one can know in this package.
func (c *Club) VisitMembers() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range c.members {
		m.club.visit()
	}
}

// Receive is exported, but importers have no guest.
func (c *Club) Receive(g *guest) { c.guests = append(c.guests, g) }

func (c *Club) invite() { c.Receive(&guest{club: c}) }

// Deadlocks: all guests of c were invited by c.
func (c *Club) VisitGuests() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, g := range c.guests {
		g.club.visit() // want `\[relock\]`
	}
}

type employer interface{ hire(w *waiter) }

func (c *Club) hire(w *waiter) { c.staff = append(c.staff, w) }

func (c *Club) open() { c.hire(&waiter{club: c}) }

func lend(to employer, w *waiter) { to.hire(w) }

func (c *Club) help(other *Club) { lend(other, c.staff[0]) }

// Fine: a waiter of another club may be lent to c, by the interface.
func (c *Club) VisitStaff() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, w := range c.staff {
		w.club.visit()
	}
}

func (c *Club) award(m *medal) { c.honours = append(c.honours, m) }

func (c *Club) celebrate() { c.award(&medal{club: c}) }

var duties = map[string]func(*Club, *medal){"award": (*Club).award}

func do(duty string, c *Club, m *medal) { duties[duty](c, m) }

// Fine: the table may award the medal of another club.
func (c *Club) VisitHonours() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range c.honours {
		m.club.visit()
	}
}

// A Choir has voices, and takes them by functions that are passed on.
type Choir struct {
	mu     sync.Mutex
	voices []*voice
	basses []*voice
}

type voice struct{ choir *Choir }

func (v *voice) sing() {
	v.choir.mu.Lock()
	defer v.choir.mu.Unlock()
}

func (c *Choir) take(v *voice) { c.voices = append(c.voices, v) }

func (c *Choir) found() { c.take(&voice{choir: c}) }

func each(vs []*voice, f func(*voice)) {
	for _, v := range vs {
		f(v)
	}
}

func (c *Choir) merge(other *Choir) { each(other.voices, c.take) }

// Fine: the voices of another choir were merged into c.
func (c *Choir) Sing() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, v := range c.voices {
		v.sing()
	}
}

func (c *Choir) deepen(v *voice) { c.basses = append(c.basses, v) }

func (c *Choir) low() { c.deepen(&voice{choir: c}) }

// Deadlocks: all basses of c were made by c.
func (c *Choir) Hum() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, v := range c.basses {
		v.sing() // want `\[relock\]`
	}
}
