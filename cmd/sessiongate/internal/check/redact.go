package check

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/lint"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/redact"
)

// secrets are tokens, parts of tokens, and secret keys of vendors, wherever a
// file has them: a message may quote what stands in a wrong place.
var secrets = regexp.MustCompile(`eyJ[A-Za-z0-9_=-]{5,}(\.[A-Za-z0-9_=-]*)*|\b(sk_(live|test)|ak|mt|oat)_[A-Za-z0-9]{4,}[A-Za-z0-9_.-]*|-----BEGIN[^"]*`)

// clean takes secrets and control characters out of findings.
func clean(findings []lint.Finding) []lint.Finding {
	for i := range findings {
		f := &findings[i]
		for _, text := range []*string{&f.File, &f.Where, &f.Path, &f.Message} {
			*text = withoutSecrets(printable(*text))
		}
	}
	return findings
}

func withoutSecrets(text string) string {
	return secrets.ReplaceAllString(redact.Text(text), redact.Mark)
}

// printable is a text on one line, without what moves a terminal's cursor.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, s)
}
