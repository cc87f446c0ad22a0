// Package views renders pages for others.
package views

import (
	"html/template"
	"io"
)

// List has a row for each element.
var List = template.Must(template.New("list").Parse("{{range .}}<li>{{.Title}}</li>{{end}}"))

// Render runs a template.
func Render(w io.Writer, t *template.Template, data any) error { return t.Execute(w, data) }

// RenderList runs List.
func RenderList(w io.Writer, rows any) error { return List.Execute(w, rows) }
