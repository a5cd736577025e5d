package describe

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// Parts are the generated parts of the reference, by name.
func Parts() map[string]string {
	return map[string]string{"fields": Fields(), "reasons": Reasons()}
}

// Fields is the reference of all fields, in Markdown.
func Fields() string {
	var b strings.Builder
	for i, t := range config.Tables() {
		if i > 0 {
			b.WriteByte('\n')
		}
		title := "The configuration"
		if t.Name != "" {
			title = "`" + t.Name + "`"
		}
		b.WriteString("### " + title + "\n\n" + t.Doc + "\n\n")
		b.WriteString("| field | written as | when missing | meaning |\n|---|---|---|---|\n")
		for _, f := range t.Fields {
			b.WriteString("| `" + f.Name + "` | " + cell(written(f)) + " | " + cell(missing(f)) + " | " + cell(f.Doc) + " |\n")
		}
	}
	return b.String()
}

// cell keeps bars from ending a table's cell.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

func trimSpace(s string) string { return strings.TrimSpace(s) }

// written says how the value of a field is written.
func written(f *config.Field) string {
	s := kindOf(f).written(f)
	if f.AllowEmpty {
		s += "; may be empty"
	}
	return s
}

func missing(f *config.Field) string {
	switch {
	case f.Required:
		return "an error"
	case f.Default != "":
		return "`" + strings.Trim(f.Default, `"`) + "`"
	}
	return f.Otherwise
}

func codes(values []string) string {
	return "`" + strings.Join(values, "`, `") + "`"
}

// Reasons is the table of all reasons, in Markdown.
func Reasons() string {
	var b strings.Builder
	b.WriteString("| reason | status | text |\n|---|---|---|\n")
	for _, r := range reason.All() {
		status := "passes"
		if s := policy.StatusOf(r); s != 0 {
			status = strconv.Itoa(s)
		}
		if s := policy.OtherStatusOf(r); s != 0 {
			status += " or " + strconv.Itoa(s)
		}
		b.WriteString("| `" + r.String() + "` | " + status + " | " + cell(r.Error()) + " |\n")
	}
	return b.String()
}

// Update puts the generated parts between their marks in a document:
// "<!-- begin NAME -->" and "<!-- end NAME -->", each on a line of its own.
func Update(document []byte) ([]byte, error) {
	for name, part := range Parts() {
		begin, end := []byte("<!-- begin "+name+" -->\n"), []byte("<!-- end "+name+" -->\n")
		i, j := bytes.Index(document, begin), bytes.Index(document, end)
		if i < 0 || j < i {
			return nil, errors.New("the marks of part " + name + " are missing")
		}
		i += len(begin)
		document = bytes.Join([][]byte{document[:i], []byte("\n" + part + "\n"), document[j:]}, nil)
	}
	return document, nil
}
