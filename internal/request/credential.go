package request

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/reason"
)

// Credential is the token in a header.
type Credential struct {
	Value   string // without the scheme
	Present bool   // the header is there with this scheme and a token
}

// String keeps tokens out of logs.
func (c Credential) String() string { return "[token]" }

// GoString keeps tokens out of logs.
func (c Credential) GoString() string { return "[token]" }

// Bearer reads a header (name in lower case) whose value is prefix and a
// token. A prefix of letters is a scheme: without regard to case, then at
// least one space (or tab); the prefix may be given with or without that
// space. Any other prefix, also the empty one, is matched as it stands.
// Whitespace around the token is none of it; an empty token is not present.
//
// reason.AuthorizationAmbiguous: Authorization with a comma, or on several
// lines (which Envoy joins with a comma), of which a part begins with prefix;
// another header on several lines. Authorization with other schemes is left
// alone, whatever it holds.
func (r *Request) Bearer(header, prefix string) (Credential, reason.Reason) {
	value, lines := r.Header(header)
	if lines == 0 {
		return Credential{}, reason.None
	}
	scheme := strings.TrimRight(prefix, " ")
	isScheme := IsScheme(scheme)
	if !isScheme {
		scheme = prefix
	}
	switch {
	case header != "authorization":
		if lines > 1 {
			return Credential{}, reason.AuthorizationAmbiguous
		}
	case lines > 1 || strings.IndexByte(value, ',') >= 0:
		for i := range r.Headers {
			if r.Headers[i][0] == header && mentions(r.Headers[i][1], scheme, isScheme) {
				return Credential{}, reason.AuthorizationAmbiguous
			}
		}
		return Credential{}, reason.None
	}
	token, ok := afterPrefix(trimOWS(value), scheme, isScheme)
	if !ok || token == "" {
		return Credential{}, reason.None
	}
	return Credential{Value: token, Present: true}, reason.None
}

// MaxParts is how many parts between commas a value is looked at for. Digest,
// which has the most, has a dozen; a value with more counts as if it held a
// token, so that nobody has to look for it.
const MaxParts = 128

// mentions reports whether a comma-separated part of value begins with prefix.
func mentions(value, prefix string, isScheme bool) bool {
	if strings.Count(value, ",") >= MaxParts {
		return true
	}
	for part := range strings.SplitSeq(value, ",") {
		if _, ok := afterPrefix(trimOWS(part), prefix, isScheme); ok {
			return true
		}
	}
	return false
}

// afterPrefix is what follows the prefix in value, trimmed. A scheme alone is
// one too, with nothing after it.
func afterPrefix(value, prefix string, isScheme bool) (token string, ok bool) {
	if isScheme {
		ok = hasPrefixFold(value, prefix) && (len(value) == len(prefix) || isOWS(value[len(prefix)]))
	} else {
		ok = strings.HasPrefix(value, prefix)
	}
	if !ok {
		return "", false
	}
	return trimOWS(value[len(prefix):]), true
}

// IsScheme reports whether a prefix is the name of a scheme: letters only.
func IsScheme(prefix string) bool { return prefix != "" && letters.hasAll(prefix) }
