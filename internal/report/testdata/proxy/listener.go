package proxy

func relaxListener(l *Listener) {
	l.bind.frontend.mu.Lock()
}

func (px *Proxy) reload(
	force bool) {
}
