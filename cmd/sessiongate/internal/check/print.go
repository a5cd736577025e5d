package check

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/lint"
)

// docs is where the sections of the docs are.
const docs = "https://github.com/sessiongate/sessiongate/blob/main/"

var printers = map[string]func(*checker, []lint.Finding){
	"text":   (*checker).text,
	"json":   (*checker).json,
	"github": (*checker).github,
}

// text prints findings for people, and what is right: one line a finding, and
// below it where to read more.
func (c *checker) text(findings []lint.Finding) {
	for _, f := range findings {
		fmt.Fprintf(c.err, "%s: %s: %s\n    see %s\n", place(f), f.Level, line(f), docs+f.See)
	}
	c.accepted(findings, func(name string, effective []byte) {
		if c.effective {
			fmt.Fprint(c.out, withoutSecrets(string(effective)))
			return
		}
		fmt.Fprintf(c.out, "%s: ok\n", name)
	})
}

// place is "file:line:column".
func place(f lint.Finding) string {
	if f.Place.Line == 0 {
		return f.File
	}
	return fmt.Sprintf("%s:%d:%d", f.File, f.Place.Line, f.Place.Column)
}

// line is the finding without its place.
func line(f lint.Finding) string {
	text := f.Message
	if f.Path != "" && !strings.HasPrefix(text, f.Path) {
		text = f.Path + ": " + text
	}
	if f.Where != "" {
		text = f.Where + ": " + text
	}
	return text
}

// json prints findings for programs.
func (c *checker) json(findings []lint.Finding) {
	type finding struct {
		File    string `json:"file"`
		Line    int    `json:"line,omitempty"`
		Column  int    `json:"column,omitempty"`
		Level   string `json:"level"`
		Where   string `json:"where,omitempty"`
		Path    string `json:"path,omitempty"`
		Message string `json:"message"`
		See     string `json:"see"`
	}
	all := []finding{}
	for _, f := range findings {
		all = append(all, finding{f.File, f.Place.Line, f.Place.Column, f.Level.String(), f.Where, f.Path, f.Message, docs + f.See})
	}
	encoder := json.NewEncoder(c.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(all)
}

// github prints findings as annotations of a workflow.
func (c *checker) github(findings []lint.Finding) {
	commands := map[lint.Level]string{lint.Error: "error", lint.Warning: "warning", lint.Note: "notice"}
	message := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, f := range findings {
		properties := "file=" + property.Replace(f.File)
		if f.Place.Line > 0 {
			properties += fmt.Sprintf(",line=%d,col=%d", f.Place.Line, f.Place.Column)
		}
		fmt.Fprintf(c.out, "::%s %s,title=sessiongate check::%s\n", commands[f.Level], properties, message.Replace(line(f)+"\n"+docs+f.See))
	}
}
