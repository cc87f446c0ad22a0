// Package text_template holds cases of templates that call methods of their data.
package text_template

import (
	"html/template"
	"io"
	"sync"
	text "text/template"
)

// A Page is rendered by templates.
type Page struct {
	mu    sync.RWMutex
	title string
	views int
}

// Title is called by templates.
func (p *Page) Title() string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.title
}

// Views takes no lock.
func (p *Page) Views() int { return p.views }

// Deadlocks: the template calls Title.
func (p *Page) Render(w io.Writer) error {
	t := text.Must(text.New("page").Parse("<h1>{{.Title}}</h1>"))
	p.mu.Lock()
	defer p.mu.Unlock()
	p.views++
	return t.Execute(w, p) // want `\[downgrade\]`
}

// Fine: the template calls Views.
func (p *Page) Count(w io.Writer) error {
	t := text.Must(text.New("count").Parse("{{.Views}}"))
	p.mu.Lock()
	defer p.mu.Unlock()
	return t.Execute(w, p)
}

// Fine: rendered after the unlock.
func (p *Page) RenderLater(w io.Writer) error {
	t := text.Must(text.New("page").Parse("<h1>{{.Title}}</h1>"))
	p.mu.Lock()
	p.views++
	p.mu.Unlock()
	return t.Execute(w, p)
}

// Deadlocks when a writer waits in between: the template calls a function that it was given.
func (p *Page) Func(w io.Writer) error {
	t := template.Must(template.New("f").Funcs(template.FuncMap{"title": p.Title}).Parse("{{title}}"))
	p.mu.RLock()
	defer p.mu.RUnlock()
	return t.Execute(w, nil) // want `\[recursive-rlock\]`
}

// Fine: another page is rendered.
func (p *Page) Embed(w io.Writer, o *Page) error {
	t := text.Must(text.New("page").Parse("{{.Title}}"))
	p.mu.Lock()
	defer p.mu.Unlock()
	return t.Execute(w, o)
}

// Fine: a string is rendered.
func (p *Page) Plain(w io.Writer) error {
	t := text.Must(text.New("page").Parse("{{.}}"))
	p.mu.Lock()
	defer p.mu.Unlock()
	return t.Execute(w, p.title)
}
