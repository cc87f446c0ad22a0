package proxy

func setMaxconn(px *Proxy, n int) {
	px.mu.Lock()
	defer px.mu.Unlock()
	/* für alle */ dequeueProxyListeners(px)
}
