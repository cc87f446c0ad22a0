package ignore_places

func (m *Meter) get() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.n
}

func (m *Meter) quiet() int {
	m.mu.RLock() //lockreentry:ignore downgrade kept as an example
	defer m.mu.RUnlock()
	return m.n
}

func (m *Meter) viaQuiet() int { return m.quiet() }

func (m *Meter) set(n int) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n = n
	return n
}
