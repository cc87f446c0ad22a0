package path

const takeOp = "take "

// Takable returns whether the goroutine can take lock x in the given mode
// when it calls the function at hand: what it holds itself, it can't.
func (t *Table) Takable(x *Node, mode string) *Node {
	if x.Kind == Unknown {
		return x
	}
	return t.intern(Parts{Kind: Unary, Name: takeOp, Owner: mode, Parent: x})
}

// TakableLock returns the lock and the mode that n, made by Takable, is about.
func (n *Node) TakableLock() (lock *Node, mode string, ok bool) {
	if n.Kind != Unary || n.Name != takeOp {
		return nil, "", false
	}
	return n.Parent, n.Owner, true
}
