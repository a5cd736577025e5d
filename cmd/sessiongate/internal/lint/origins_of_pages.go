package lint

import (
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// originsOfPages finds what is no origin where origins are compared byte for
// byte: with a path or a last slash, with a wildcard, without a scheme. The azp
// of an issuer without preset may be anything.
func originsOfPages(s *subject) {
	for i, provider := range s.providers() {
		if preset := provider.Get("preset").Str(); preset == "clerk" || preset == "oneauxilia" {
			s.origins(provider.Get("authorizedParties"), "providers", i, "authorizedParties")
		}
	}
	for _, field := range []string{"allowedOrigins", "corsOrigins"} {
		s.origins(s.root.Get(field), field)
	}
}

func (s *subject) origins(list *tree.Node, steps ...any) {
	for k, item := range list.Items() {
		if wrong := wrongOrigin(item.Str()); item.Str() != "" && wrong != "" {
			s.suspect(s.in(append(steps, k)...), "origins", problem.Quote(item.Str())+" "+wrong)
		}
	}
}

// wrongOrigin says why no browser sends a text as an origin (RFC 6454 section
// 6.2), and what to write.
func wrongOrigin(text string) string {
	scheme, rest, ok := strings.Cut(text, "://")
	switch end := strings.IndexAny(rest, "/?#"); {
	case strings.Contains(text, "*"):
		return "has a wildcard, and origins are compared byte for byte; write each origin, such as \"https://app.example.com\""
	case !ok && strings.Contains(text, "."), !ok && text == "localhost", !ok && strings.HasPrefix(text, "localhost:"):
		host, _, _ := strings.Cut(text, "/")
		return "has no scheme; write " + problem.Quote("https://"+host)
	case !ok:
		return "is not an origin; write it as browsers send it, such as \"https://app.example.com\""
	case end >= 0:
		return "has a path, and an origin has none, not even a slash; write " + problem.Quote(scheme+"://"+rest[:end])
	case text != strings.ToLower(text):
		return "has capitals, and browsers send none; write " + problem.Quote(strings.ToLower(text))
	case scheme == "https" && strings.HasSuffix(rest, ":443"), scheme == "http" && strings.HasSuffix(rest, ":80"):
		return "names the default port, which browsers leave out; write " + problem.Quote(text[:strings.LastIndexByte(text, ':')])
	}
	return ""
}
