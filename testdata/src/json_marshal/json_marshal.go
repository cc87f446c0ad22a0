// Package json_marshal holds cases of encoding/json and encoding/xml calling methods of what they encode.
package json_marshal

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"sync"
)

// A State encodes itself under its lock.
type State struct {
	mu   sync.RWMutex
	vals map[string]int
	path string
}

// MarshalJSON encodes the values.
func (s *State) MarshalJSON() ([]byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return json.Marshal(s.vals)
}

// UnmarshalJSON decodes the values.
func (s *State) UnmarshalJSON(b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Unmarshal(b, &s.vals)
}

// MarshalXML encodes the path.
func (s *State) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return e.EncodeElement(s.path, start)
}

// Deadlocks: Marshal calls MarshalJSON.
func (s *State) Save() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.vals["saved"]++
	return json.Marshal(s) // want `\[downgrade\]`
}

// Fine: the values are encoded, not the state.
func (s *State) Dump() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(s.vals)
}

// Fine: encoded after the unlock.
func (s *State) SaveLater() ([]byte, error) {
	s.mu.Lock()
	s.vals["saved"]++
	s.mu.Unlock()
	return json.Marshal(s)
}

// Deadlocks: Unmarshal calls UnmarshalJSON.
func (s *State) Load(b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.path = "loaded"
	return json.Unmarshal(b, s) // want `\[relock\]`
}

// Deadlocks when a writer waits in between: an encoder, with an indented wrapper type.
func (s *State) Encode(w io.Writer) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	return enc.Encode(s) // want `\[recursive-rlock\]`
}

// Deadlocks: the write lock under the read lock.
func (s *State) Decode(r io.Reader) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return json.NewDecoder(r).Decode(s) // want `\[upgrade\]`
}

type envelope struct {
	Kind  string
	State *State
	skip  *State
}

// Deadlocks: the exported field of the envelope is encoded by its method.
func (s *State) Wrap() ([]byte, error) {
	e := envelope{Kind: "state", State: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(e) // want `\[downgrade\]`
}

// Fine: a field that is not exported is not encoded.
func (s *State) Hide() ([]byte, error) {
	e := envelope{Kind: "state", skip: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(e)
}

// Fine: another state is encoded.
func (s *State) Copy(from *State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := json.Marshal(from)
	if err == nil {
		s.path = string(b)
	}
}

// Deadlocks: xml.Marshal calls MarshalXML.
func (s *State) XML() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return xml.Marshal(s) // want `\[downgrade\]`
}

// Fine: xml encodes the path.
func (s *State) XMLPath() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return xml.Marshal(s.path)
}

// A Key has a text form.
type Key struct{ s *State }

// MarshalText asks the state.
func (k Key) MarshalText() ([]byte, error) {
	k.s.mu.RLock()
	defer k.s.mu.RUnlock()
	return []byte(k.s.path), nil
}

// Deadlocks: json uses the text form.
func (s *State) Key() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(Key{s}) // want `\[downgrade\]`
}

// Fine: bytes.Equal calls no method.
func (s *State) Same(b []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Equal(b, []byte(s.path))
}

type batch struct {
	All   []*State
	Named map[string]*State
	Late  *State `json:"-"`
}

// Deadlocks: the elements of a slice in a field are encoded by their method.
func (s *State) Batch() ([]byte, error) {
	b := &batch{All: []*State{s}}
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.MarshalIndent(b, "", " ") // want `\[downgrade\]`
}

// Deadlocks when a writer waits in between: the values of a map.
func (s *State) Named(w io.Writer) error {
	m := map[string]*State{"self": s}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return json.NewEncoder(w).Encode(m) // want `\[recursive-rlock\]`
}

// Fine: the tag leaves the field out.
func (s *State) Tagged() ([]byte, error) {
	b := batch{Late: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(b)
}

// Fine: the batch holds another state.
func (s *State) BatchOf(o *State) ([]byte, error) {
	b := &batch{All: []*State{o}}
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(b)
}

type sealed struct{ State *State }

// MarshalJSON does not encode the state.
func (sealed) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

// Fine: the method of the envelope hides its fields.
func (s *State) Seal() ([]byte, error) {
	e := sealed{State: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(e)
}
