package states

import (
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
)

// issuer mints the tokens of one provider, with a key made for these tests.
type issuer struct {
	key    *jwttest.Key
	header map[string]any
	claims map[string]any
}

var issuers = map[string]*issuer{
	"clerk":   {key: jwttest.NewKey(jwa.RS256, "ins_one"), header: clerkHeader, claims: clerkClaims("https://clerk.example.com", "user_one")},
	"clerk2":  {key: jwttest.NewKey(jwa.RS256, "ins_two"), header: clerkHeader, claims: clerkClaims("https://clerk.other.example", "user_two")},
	"dev":     {key: jwttest.NewKey(jwa.RS256, "ins_dev"), header: clerkHeader, claims: clerkClaims("https://happy-hippo-1.clerk.accounts.dev", "user_dev")},
	"aux":     {key: jwttest.NewKey(jwa.RS256, "aux"), header: map[string]any{"typ": "JWT"}, claims: clerkClaims("https://oneauxilia.example.com", "user_aux")},
	"corbado": {key: jwttest.NewKey(jwa.RS256, "corbado"), header: map[string]any{"typ": "JWT"}, claims: corbadoClaims},
	"plain":   {key: jwttest.NewKey(jwa.ES256, "plain"), claims: map[string]any{"iss": "https://issuer.example.com", "sub": "user_plain"}},
}

var clerkHeader = map[string]any{"typ": "JWT", "cat": "cl_B7d4PD111AAA"}

func clerkClaims(iss, sub string) map[string]any {
	return map[string]any{"iss": iss, "sub": sub, "sid": "sess_1", "azp": "https://app.example.com"}
}

var corbadoClaims = map[string]any{
	"iss": "https://pro-123.frontendapi.corbado.io", "sub": "usr-1", "name": "Ada Example", "email": "ada@example.com",
}

// publishable keys, and the suffixes that follow from them.
var publishable = map[string]string{
	"clerk":  "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",
	"clerk2": "pk_live_" + base64.StdEncoding.EncodeToString([]byte("clerk.other.example$")),
	"dev":    "pk_test_aGFwcHktaGlwcG8tMS5jbGVyay5hY2NvdW50cy5kZXYk",
}

// keySets are the key sets as the filter would have fetched them, by URL.
var keySets = func() map[string]*jwks.Set {
	sets := map[string]*jwks.Set{}
	for url, name := range map[string]string{
		"https://clerk.example.com/.well-known/jwks.json":                "clerk",
		"https://clerk.other.example/.well-known/jwks.json":              "clerk2",
		"https://happy-hippo-1.clerk.accounts.dev/.well-known/jwks.json": "dev",
		"https://oneauxilia.example.com/.well-known/jwks.json":           "aux",
		"https://pro-123.frontendapi.cloud.corbado.io/.well-known/jwks":  "corbado",
		"https://auth.example.com/.well-known/jwks":                      "corbado",
		"https://issuer.example.com/.well-known/jwks.json":               "plain",
	} {
		set, err := jwks.Parse([]byte(jwttest.JWKSet(issuers[name].key)), jwks.Remote)
		if err != nil {
			panic(err)
		}
		sets[url] = set
	}
	return sets
}()

// What may be known of keys.
var (
	knownKeys = func(p *session.Provider) jwks.Snapshot { return jwks.Snapshot{Set: keySets[p.Remote.URL]} }
	// noKeys: none came yet, and a fetch is under way.
	noKeys = func(*session.Provider) jwks.Snapshot { return jwks.Snapshot{OnMissing: jwks.OnMissingFetch} }
	// downKeys: none ever came, and the last fetch failed.
	downKeys = func(*session.Provider) jwks.Snapshot { return jwks.Snapshot{OnMissing: jwks.OnMissingUnavailable} }
	// oldKeys: there is a set, and what it lacks may be fetched.
	oldKeys = func(p *session.Provider) jwks.Snapshot {
		return jwks.Snapshot{Set: keySets[p.Remote.URL], OnMissing: jwks.OnMissingFetch}
	}
	// staleKeys: there is a set, and refreshing it fails.
	staleKeys = func(p *session.Provider) jwks.Snapshot {
		return jwks.Snapshot{Set: keySets[p.Remote.URL], OnMissing: jwks.OnMissingUnavailable}
	}
	// withoutKeysOf gives the keys of all providers but one.
	withoutKeysOf = func(name string, without func(*session.Provider) jwks.Snapshot) func(*session.Provider) jwks.Snapshot {
		return func(p *session.Provider) jwks.Snapshot {
			if p.Name == name {
				return without(p)
			}
			return knownKeys(p)
		}
	}
)

// minted are tokens that were minted before: one description, one token.
var minted = map[string]string{}

// mint fills in the words in braces of a row:
//
//	{clerk}                a session token of that issuer, made 30 s ago for 60 s
//	{clerk exp=-5s}        a claim at a time from now
//	{clerk azp=x -sub}     a claim that is a string; without a claim
//	{clerk o:={"id":"x"}}  a claim that is JSON (without spaces)
//	{clerk header.kid=x}   likewise in the JOSE header
//	{clerk key=stray}      signed with a key that nobody publishes; key=clerk2:
//	                       with another issuer's; key=impostor: with a key that
//	                       has the kid of the right one
//	{clerk pad=9000}       with a claim of that many bytes more
//	{clerk tamper}         with a wrong signature
//	{clerk alg=none}       not signed; alg=HS256: "signed" with the public key
//	{now} {now-60}         seconds since the epoch
//	{suffix clerk} {pk clerk} {jwks clerk} {pem clerk}
//	{escaped clerk}        a token with its dots percent-encoded
//	{repeat x 100}         a text many times
//	{handshake}            the row's handshake token
//
// Other braces stay as they are.
type mint struct{ row *row }

func (m *mint) fill(text string) string {
	var out strings.Builder
	for {
		start := strings.IndexByte(text, '{')
		if start < 0 {
			return out.String() + text
		}
		end := closing(text, start)
		if end < 0 {
			return out.String() + text
		}
		value, ok := m.word(strings.Fields(text[start+1 : end]))
		if !ok {
			out.WriteString(text[:start+1])
			text = text[start+1:]
			continue
		}
		out.WriteString(text[:start])
		out.WriteString(value)
		text = text[end+1:]
	}
}

func closing(text string, start int) int {
	depth := 0
	for i := start; i < len(text); i++ {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func (m *mint) word(words []string) (string, bool) {
	if len(words) == 0 {
		return "", false
	}
	if from := issuers[words[0]]; from != nil {
		all := strings.Join(words, " ")
		if minted[all] == "" {
			minted[all] = from.token(words[1:])
		}
		return minted[all], true
	}
	verb, argument := words[0], ""
	if len(words) > 1 {
		argument = words[1]
	}
	switch {
	case verb == "handshake":
		return m.handshakeToken(), true
	case verb == "now":
		return strconv.FormatInt(now.Unix(), 10), true
	case strings.HasPrefix(verb, "now+"), strings.HasPrefix(verb, "now-"):
		offset, err := strconv.ParseInt(verb[len("now"):], 10, 64)
		if err != nil {
			panic(err)
		}
		return strconv.FormatInt(now.Unix()+offset, 10), true
	case verb == "escaped":
		return strings.ReplaceAll(issuers[argument].token(words[2:]), ".", "%2E"), true
	case verb == "repeat":
		n, err := strconv.Atoi(words[2])
		if err != nil {
			panic(err)
		}
		return strings.Repeat(argument, n), true
	case verb == "suffix":
		sum := sha1.Sum([]byte(publishable[argument]))
		return base64.URLEncoding.EncodeToString(sum[:])[:8], true
	case verb == "pk":
		return publishable[argument], true
	case verb == "jwks":
		return jwttest.JWKSet(issuers[argument].key), true
	case verb == "pem":
		text, _ := json.Marshal(jwttest.PEM(issuers[argument].key))
		return string(text), true
	}
	return "", false
}

// handshakeToken mints the row's handshake token: its lines, signed by the
// instance, or as row.handshake says.
func (m *mint) handshakeToken() string {
	words := strings.Fields(m.fill(m.row.handshake))
	from := issuers["clerk"]
	if len(words) > 0 && issuers[words[0]] != nil {
		from, words = issuers[words[0]], words[1:]
	}
	lines := make([]string, len(m.row.lines))
	for i, line := range m.row.lines {
		lines[i] = m.fill(line)
	}
	signing := issuer{key: from.key, header: map[string]any{"typ": "JWT"}, claims: map[string]any{"handshake": lines, "iat": nil, "exp": nil, "nbf": nil}}
	return signing.token(words)
}

// token mints a token with the changes that words describe.
func (from *issuer) token(words []string) string {
	claims := map[string]any{"iat": now.Unix() - 30, "nbf": now.Unix() - 30, "exp": now.Unix() + 30}
	maps.Copy(claims, from.claims)
	header := maps.Clone(from.header)
	if header == nil {
		header = map[string]any{}
	}
	key, tamper, forged := from.key, false, ""
	for _, word := range words {
		name, value, isText := strings.Cut(word, "=")
		name, isJSON := strings.CutSuffix(name, ":")
		name, inHeader := strings.CutPrefix(name, "header.")
		target := claims
		if inHeader {
			target = header
		}
		switch {
		case strings.HasPrefix(word, "-header."):
			header[strings.TrimPrefix(word, "-header.")] = nil
		case strings.HasPrefix(word, "-"):
			claims[word[1:]] = nil
		case word == "tamper":
			tamper = true
		case name == "alg":
			forged = value
		case name == "key":
			key = otherKey(from.key, value)
		case isJSON:
			target[name] = json.RawMessage(value)
		case name == "pad":
			n, err := strconv.Atoi(value)
			if err != nil {
				panic(err)
			}
			claims["pad"] = strings.Repeat("x", n)
		case isText && (name == "exp" || name == "nbf" || name == "iat"):
			offset, err := time.ParseDuration(value)
			if err != nil {
				panic(err)
			}
			target[name] = now.Add(offset).Unix()
		case isText:
			target[name] = value
		default:
			panic(fmt.Sprintf("cannot read %q", word))
		}
	}
	maps.DeleteFunc(claims, func(_ string, v any) bool { return v == nil })
	switch {
	case forged == "none":
		return jwttest.Unsigned(claims)
	case forged != "":
		header["alg"] = forged
	}
	token := jwttest.Sign(key, header, claims)
	if tamper {
		token = jwttest.Tamper(token)
	}
	return token
}

func otherKey(own *jwttest.Key, name string) *jwttest.Key {
	switch name {
	case "impostor":
		return own.Impostor()
	case "stray":
		return jwttest.NewKey(jwa.RS256, "stray")
	}
	return issuers[name].key
}
