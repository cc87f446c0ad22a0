// Package xml_marshal holds cases of encoding/xml calling the methods of what it encodes and decodes.
package xml_marshal

import (
	"encoding/xml"
	"io"
	"sync"
)

// A Doc encodes and decodes itself under its lock.
type Doc struct {
	mu   sync.Mutex
	text string
}

// MarshalXML encodes d.
func (d *Doc) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return e.EncodeElement(d.text, start)
}

// UnmarshalXML decodes d.
func (d *Doc) UnmarshalXML(dec *xml.Decoder, start xml.StartElement) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return dec.DecodeElement(&d.text, &start)
}

// Deadlocks: MarshalIndent calls MarshalXML.
func (d *Doc) Save() ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return xml.MarshalIndent(d, "", " ") // want `\[relock\]`
}

// Deadlocks: so does the encoder.
func (d *Doc) Send(w io.Writer) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return xml.NewEncoder(w).Encode(d) // want `\[relock\]`
}

// Fine: the text is encoded, or another document.
func (d *Doc) SendOther(w io.Writer, o *Doc) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := xml.NewEncoder(w).Encode(d.text); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(o)
}

// Deadlocks: Unmarshal calls UnmarshalXML.
func (d *Doc) Load(data []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return xml.Unmarshal(data, d) // want `\[relock\]`
}

// Deadlocks: so does the decoder.
func (d *Doc) Receive(r io.Reader) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return xml.NewDecoder(r).Decode(d) // want `\[relock\]`
}

// Fine: it is decoded before the lock.
func (d *Doc) Replace(data []byte) error {
	var next Doc
	if err := xml.Unmarshal(data, &next); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.text = next.text
	return nil
}
