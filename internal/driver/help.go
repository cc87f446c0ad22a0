package driver

import (
	"bytes"
	"flag"
	"fmt"
	"go/doc/comment"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/report"
)

// usageText is the help text up to the flags. %[1]s is the command.
const usageText = `%[1]s finds locks that a goroutine locks again while it holds them.

Usage:
	%[1]s [flags] [packages]        analyse packages (default .), with the go command
	%[1]s help [code]               this text, or what a code means
	go vet -vettool=$(which %[1]s) [packages]

Exit status:
	0  everything was analysed and nothing found
	1  something could not be analysed
	2  the command line or a file it names is wrong
	3  there are findings
`

// help writes the help text, or that of a code.
func (c *Command) help(args []string) error {
	rules := parseRules(c.Doc, c.URL)
	switch len(args) {
	case 0:
		c.usage(rules)
		return nil
	case 1:
		i := slices.IndexFunc(rules, func(r report.Rule) bool { return r.Code == args[0] })
		if i < 0 {
			return usagef("no help for %q: the codes are %s", args[0], codeList(rules))
		}
		fmt.Fprintf(c.Stdout, "%s\n\n%s", rules[i].Code, rules[i].Help)
		return nil
	}
	return usagef("help takes one code")
}

// usage writes the general help text.
func (c *Command) usage(rules []report.Rule) {
	fmt.Fprintf(c.Stdout, usageText, c.Analyzer.Name)
	if len(rules) > 0 {
		fmt.Fprintf(c.Stdout, "\nCodes:\n")
		for _, r := range rules {
			fmt.Fprintf(c.Stdout, "\t%-16s %s\n", r.Code, r.Summary)
		}
	}
	fmt.Fprintf(c.Stdout, "\nFlags:\n")
	set := new(flags).declare(c.Analyzer)
	set.VisitAll(func(f *flag.Flag) { writeFlag(c.Stdout, f) })
}

// writeFlag writes the help of one flag.
func writeFlag(w io.Writer, f *flag.Flag) {
	value, usage := flag.UnquoteUsage(f)
	if value != "" {
		value = " " + value
	}
	fmt.Fprintf(w, "\t-%s%s\n\t\t%s", f.Name, value, usage)
	if f.DefValue != "" && f.DefValue != "false" {
		fmt.Fprintf(w, " (default %s)", f.DefValue)
	}
	fmt.Fprintln(w)
}

// codeList joins the codes of rules.
func codeList(rules []report.Rule) string {
	var codes []string
	for _, r := range rules {
		codes = append(codes, r.Code)
	}
	return strings.Join(codes, ", ")
}

// tool describes this program to the handlers.
func (c *Command) tool() report.Tool {
	return report.Tool{Name: c.Analyzer.Name, Version: version(), URL: c.URL, Rules: parseRules(c.Doc, c.URL)}
}

// codeName matches the headings of a package comment that are codes.
var codeName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// parseRules reads the sections about codes out of a package comment. A
// section is about a code when its heading is nothing but the code; it ends
// at the next heading. The first sentence sums it up.
func parseRules(text, url string) []report.Rule {
	doc := new(comment.Parser).Parse(text)
	var rules []report.Rule
	for i, block := range doc.Content {
		heading, ok := block.(*comment.Heading)
		if !ok || !codeName.MatchString(plainText(heading.Text)) {
			continue
		}
		section := doc.Content[i+1:]
		if end := slices.IndexFunc(section, isHeading); end >= 0 {
			section = section[:end]
		}
		rules = append(rules, newRule(heading, &comment.Doc{Content: section}, url))
	}
	slices.SortFunc(rules, func(a, b report.Rule) int { return strings.Compare(a.Code, b.Code) })
	return rules
}

// newRule makes a rule of a section.
func newRule(heading *comment.Heading, section *comment.Doc, url string) report.Rule {
	printer := &comment.Printer{TextWidth: 76}
	rule := report.Rule{
		Code:     plainText(heading.Text),
		Help:     string(printer.Text(section)),
		Markdown: string(printer.Markdown(section)),
	}
	if url != "" {
		rule.URL = url + "#" + heading.DefaultID()
	}
	if len(section.Content) > 0 {
		first := string((&comment.Printer{TextWidth: -1}).Text(&comment.Doc{Content: section.Content[:1]}))
		rule.Summary = firstSentence(first)
	}
	return rule
}

// isHeading reports whether a block is a heading.
func isHeading(b comment.Block) bool {
	_, ok := b.(*comment.Heading)
	return ok
}

// plainText returns text without markup.
func plainText(text []comment.Text) string {
	var b bytes.Buffer
	for _, t := range text {
		switch t := t.(type) {
		case comment.Plain:
			b.WriteString(string(t))
		case comment.Italic:
			b.WriteString(string(t))
		}
	}
	return b.String()
}

// firstSentence returns s up to its first full stop.
func firstSentence(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if i := strings.Index(s, ". "); i >= 0 {
		return s[:i+1]
	}
	return s
}
