// Package cross_promoted holds cases of embedded types of another package.
package cross_promoted

import (
	"fmt"

	"cross_promoted/base"
)

// A Doc embeds two types of package base.
type Doc struct {
	base.Locked
	*base.Named
	text string
}

// Deadlocks: the promoted Lock and the promoted Current are about one mutex.
func (d *Doc) Edit(text string) {
	d.Lock()
	defer d.Unlock()
	d.text = text
	d.Version = d.Current() + 1 // want `\[downgrade\]`
}

// Deadlocks when a writer waits in between.
func (d *Doc) Show() string {
	d.RLock()
	defer d.RUnlock()
	return fmt.Sprintf("%s@%d", d.text, d.Current()) // want `\[recursive-rlock\]`
}

// Fine: the promoted Unlock comes first.
func (d *Doc) Save() int {
	d.Lock()
	d.text += "\n"
	d.Unlock()
	return d.Current()
}

// Fine: Name takes another lock.
func (d *Doc) Title() string {
	d.RLock()
	defer d.RUnlock()
	return d.Name() + d.text
}

// Deadlocks: Rename calls the literal under the lock that Name takes.
func (d *Doc) Prefix(p string) {
	d.Rename(func(string) string { return p + d.Name() }) // want `\[relock\]`
}

// Fine: the literal uses what it is given.
func (d *Doc) Suffix(s string) {
	d.Rename(func(n string) string { return n + s })
}

// Fine: the other document's name.
func (d *Doc) NameAfter(o *Doc) {
	d.Rename(func(string) string { return o.Name() })
}

// A Book embeds Doc.
type Book struct {
	Doc
	chapters []Doc
}

// Deadlocks: two levels up, in another package, it is one mutex.
func (b *Book) Close() string {
	b.Doc.Locked.Lock()
	defer b.Unlock()
	return b.Show() // want `\[downgrade\]`
}

// Fine: the chapters have locks of their own.
func (b *Book) Pages(i int) string {
	b.RLock()
	defer b.RUnlock()
	return b.chapters[i].Show()
}
