// Package text_template holds cases of templates that call methods of their data.
package text_template

import (
	"html/template"
	"io"
	"sync"
	text "text/template"

	"text_template/views"
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

var pageTemplate = text.Must(text.New("page").Parse("{{with .Head}}{{.Title}}{{end}}"))

var countTemplate = text.Must(text.New("page").Parse("{{with .Head}}{{.Views}}{{end}}"))

// A Book has pages, and a template of its own.
type Book struct {
	Head  *Page
	Pages []*Page
	tmpl  *template.Template
	mu    sync.Mutex
}

// NewBook makes a book.
func NewBook(head *Page) *Book {
	return &Book{Head: head, tmpl: template.Must(template.New("book").Parse("{{if .Head}}<b>{{.Size | printf \"%d\"}}</b>{{end}}"))}
}

// Size is called by the template of NewBook.
func (b *Book) Size() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.Pages)
}

// Deadlocks: the template in b.tmpl calls Size.
func (b *Book) Render(w io.Writer) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.tmpl.Execute(w, b) // want `\[relock\]`
}

// Fine: rendered without the lock.
func (b *Book) RenderLater(w io.Writer) error {
	b.mu.Lock()
	t := b.tmpl
	b.mu.Unlock()
	return t.Execute(w, b)
}

// Deadlocks: the template in the variable calls Title of the first page.
func (b *Book) First(w io.Writer) error {
	b.Head.mu.Lock()
	defer b.Head.mu.Unlock()
	return pageTemplate.Execute(w, b) // want `\[downgrade\]`
}

// Fine: this one calls Views.
func (b *Book) FirstCount(w io.Writer) error {
	b.Head.mu.Lock()
	defer b.Head.mu.Unlock()
	return countTemplate.Execute(w, b)
}

// Deadlocks: the page is an element of the map that is rendered.
func (p *Page) InMap(w io.Writer) error {
	t := text.Must(text.New("map").Parse(`{{define "row"}}{{.Title}}{{end}}{{template "row" .page}}`))
	p.mu.Lock()
	defer p.mu.Unlock()
	return t.Execute(w, map[string]any{"page": p, "n": p.views}) // want `\[downgrade\]`
}

// Fine: the template that calls Title is not run.
func (p *Page) NotRun(w io.Writer) error {
	t := text.Must(text.New("map").Parse(`{{define "row"}}{{.Title}}{{end}}{{.n}}`))
	p.mu.Lock()
	defer p.mu.Unlock()
	return t.Execute(w, map[string]any{"page": p, "n": p.views})
}

// Deadlocks: the page is in a field of the struct that is rendered, and in a loop.
func (p *Page) InStruct(w io.Writer) error {
	t := text.Must(text.New("struct").Parse(`{{range .Rows}}{{$.Page.Title}}{{end}}`))
	p.mu.Lock()
	defer p.mu.Unlock()
	return t.Execute(w, struct { // want `\[downgrade\]`
		Page *Page
		Rows []int
	}{p, nil})
}

// A Line prints itself under its lock.
type Line struct {
	mu   sync.Mutex
	text string
}

func (l *Line) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text
}

// Deadlocks: the template prints the line.
func (l *Line) Print(w io.Writer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	text.Must(text.New("line").Parse("[{{.}}]")).Execute(w, l) // want `\[relock\]`
}

// Fine: the line is compared with nothing, not printed.
func (l *Line) Ask(w io.Writer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	text.Must(text.New("line").Parse("{{if .}}line{{end}}")).Execute(w, l)
}

// render runs the template that it is passed.
func render(w io.Writer, t *text.Template, data any) error { return t.Execute(w, data) }

// Deadlocks: render runs a template that calls Title.
func (p *Page) Passed(w io.Writer) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return render(w, text.Must(text.New("page").Parse("{{.Title}}")), p) // want `\[downgrade\]`
}

// Fine: render runs one that calls Views.
func (p *Page) PassedCount(w io.Writer) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return render(w, text.Must(text.New("page").Parse("{{.Views}}")), p)
}

// Fine: the text is not known.
func (p *Page) Custom(w io.Writer, layout string) error {
	t, err := text.New("page").Parse(layout)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return t.Execute(w, p)
}

// Deadlocks: a function of another package runs a template that calls Title.
func (p *Page) Abroad(w io.Writer) error {
	t := template.Must(template.New("page").Parse("{{.Title}}"))
	p.mu.Lock()
	defer p.mu.Unlock()
	return views.Render(w, t, p) // want `\[downgrade\]`
}

// Deadlocks: the template of another package calls Title of each page.
func (p *Page) Listed(w io.Writer) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return views.RenderList(w, []*Page{p}) // want `\[downgrade\]`
}

// Fine: other pages are listed.
func (p *Page) Others(w io.Writer, all []*Page) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return views.RenderList(w, all)
}
