package inverse_closure

import "sync"

// Topics calls functions by topic.
type Topics struct{ subs map[string][]func() }

func (t *Topics) subscribe(topic string, f func()) { t.subs[topic] = append(t.subs[topic], f) }

func (t *Topics) publish(topic string) {
	for _, f := range t.subs[topic] {
		f()
	}
}

// A Press subscribes to a topic of its own.
type Press struct {
	mu     sync.Mutex
	topics *Topics
}

// NewPress makes a press.
func NewPress() *Press {
	p := &Press{topics: &Topics{subs: map[string][]func(){}}}
	p.topics.subscribe("start", p.onStart)
	p.topics.subscribe("stop", func() {})
	return p
}

func (p *Press) onStart() {
	p.mu.Lock()
	p.mu.Unlock()
}

// Deadlocks.
func (p *Press) Start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.topics.publish("start") // want `\[relock\]`
}

// Fine: those who have subscribed to this topic take no lock.
func (p *Press) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.topics.publish("stop")
}
