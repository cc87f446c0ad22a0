// Package encoded_elements holds cases of encoding/json and fmt going through the elements of containers in fields.
package encoded_elements

import (
	"encoding/json"
	"fmt"
	"io"
	"sync"
)

// A Cluster has nodes that know it.
type Cluster struct {
	mu    sync.RWMutex
	nodes map[string]*Node
	order []*Node
	names []string
	spare []Spare
}

// A Node belongs to a cluster.
type Node struct {
	cluster *Cluster
	load    int
}

// MarshalJSON reads under the lock of the cluster.
func (n *Node) MarshalJSON() ([]byte, error) {
	n.cluster.mu.RLock()
	defer n.cluster.mu.RUnlock()
	return json.Marshal(n.load)
}

// String reads under the lock of the cluster.
func (n *Node) String() string {
	n.cluster.mu.RLock()
	defer n.cluster.mu.RUnlock()
	return fmt.Sprint(n.load)
}

// A Spare is kept by value.
type Spare struct{ cluster *Cluster }

// String reads under the lock of the cluster.
func (s *Spare) String() string {
	s.cluster.mu.RLock()
	defer s.cluster.mu.RUnlock()
	return "spare"
}

// Join adds a node.
func (c *Cluster) Join(name string) {
	n := &Node{cluster: c}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.nodes[name] = n
	c.order = append(c.order, n)
	c.names = append(c.names, name)
	c.spare = append(c.spare, Spare{c})
}

// Deadlocks when a writer waits in between: the values of the map are encoded by their method.
func (c *Cluster) Show(w io.Writer) error {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return json.NewEncoder(w).Encode(c.nodes) // want `\[recursive-rlock\]`
}

type status struct {
	Nodes  map[string][]*Node
	Count  int
	hidden []*Node
}

// Deadlocks: the elements of a slice, two containers further in.
func (c *Cluster) Status() ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.order[0].load++
	return json.Marshal(status{Nodes: map[string][]*Node{"all": c.order}}) // want `\[downgrade\]`
}

func encode(nodes []*Node) ([]byte, error) { return json.Marshal(nodes) }

// Deadlocks: encode is passed the nodes.
func (c *Cluster) Encode() ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return encode(c.order) // want `\[downgrade\]`
}

// Deadlocks: package fmt calls String of the elements.
func (c *Cluster) Print() {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Println("nodes:", c.order) // want `\[downgrade\]`
}

// Fine: encoded without the lock, and others with it.
func (c *Cluster) ShowLater(w io.Writer) error {
	c.mu.Lock()
	names, err := json.Marshal(c.names)
	c.mu.Unlock()
	fmt.Fprintf(w, "%s\n", names)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(c.nodes)
}

// Fine: the nodes of another cluster.
func (c *Cluster) ShowOther(w io.Writer, o *Cluster) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return json.NewEncoder(w).Encode(o.nodes)
}

// Fine: a field that is not exported is not encoded.
func (c *Cluster) Hidden() ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return json.Marshal(status{Count: len(c.nodes), hidden: c.order})
}

// Fine: there are no elements.
func (c *Cluster) Empty() ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.order) == 0 {
		return json.Marshal(c.order)
	}
	c.order = c.order[:0]
	if b, err := json.Marshal(c.order); err != nil {
		return b, err
	}
	c.nodes = map[string]*Node{}
	return json.Marshal(c.nodes)
}

// Fine: the verb prints numbers, and elements that are no pointers do not have the method.
func (c *Cluster) Numbers() {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Printf("%d nodes: %p\n", len(c.order), c.order)
	fmt.Println(c.spare)
}
