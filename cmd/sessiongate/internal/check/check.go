package check

import (
	"bytes"
	"errors"
	"io"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/lint"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/config/describe"
)

// checker reads files, prints findings and keeps the worst exit status.
type checker struct {
	options
	out, err io.Writer
	in       io.Reader

	files    []lint.File
	findings []lint.Finding // of files that cannot be read
	worst    exit.Status
}

func (c *checker) check(names []string) exit.Status {
	for _, name := range names {
		c.add(name)
	}
	found := 0
	for i := range c.files {
		found += len(c.files[i].Found)
	}
	findings := append(c.findings, lint.Files(c.files)...)
	if found == 0 && len(findings) == 0 {
		findings = append(findings, lint.Finding{File: names[0], Level: lint.Error, Message: configfile.ErrNone.Error(), See: "docs/reference.md#how-a-configuration-is-read"})
		c.worst = exit.Failed
	}
	findings = clean(findings)
	bad := lint.Error
	if c.strict {
		bad = lint.Warning
	}
	for _, f := range findings {
		if f.Level >= bad {
			c.worst = max(c.worst, exit.Refused)
		}
	}
	printers[c.format](c, findings)
	return c.worst
}

// unreadable is a finding about a file that cannot be read.
func (c *checker) unreadable(name string, at tree.Place, message string) {
	c.findings = append(c.findings, lint.Finding{File: name, Place: at, Level: lint.Error, Message: message, See: "docs/check.md#files-that-cannot-be-read"})
}

// accepted are the configurations that are not refused, in order: their names,
// and with --effective what they say.
func (c *checker) accepted(findings []lint.Finding, visit func(name string, effective []byte)) {
	for i := range c.files {
		file := &c.files[i]
		for k := range file.Found {
			found := &file.Found[k]
			name := file.Name
			if found.Where != "" {
				name += " (" + found.Where + ")"
			}
			if result, err := config.Load(found.JSON); err == nil && !refused(findings, file.Name, found.Where) {
				visit(name, describe.Effective(result))
			}
		}
	}
}

// refused reports whether there is an error about a configuration.
func refused(findings []lint.Finding, file, where string) bool {
	for _, f := range findings {
		if f.Level == lint.Error && f.File == file && f.Where == where {
			return true
		}
	}
	return false
}

var (
	errFormat    = errors.New("--format is text, json or github")
	errEffective = errors.New("--effective prints configurations and no findings; leave out --format")
)

// parse reads a file that was opened.
func (c *checker) parse(name string, data []byte) (lint.File, *tree.Error) {
	file, wrong := configfile.Parse(data, c.plugin)
	return lint.File{Name: name, File: file}, wrong
}

// mentions reports whether a file that cannot be read may be about the filter.
func mentions(data []byte) bool {
	for _, word := range []string{"providers", "pluginConfig", "sessiongate"} {
		if bytes.Contains(data, []byte(word)) {
			return true
		}
	}
	return false
}
