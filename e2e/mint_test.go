package e2e

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// Mint fills in the words in braces of a row:
//
//	{clerk}                    a session token of that issuer (see issuers)
//	{clerk exp=-60s}           a claim at a time from now
//	{clerk azp=https://x.example}  a claim that is a string
//	{clerk v:=1 o:={"id":"x"}}     a claim that is JSON (no spaces in it)
//	{clerk -sub}               without a claim
//	{clerk header.kid=other}   a member of the JOSE header, likewise
//	{clerk key=stray}          signed with a key that nobody publishes,
//	                           or that of another issuer
//	{clerk tamper=signature}   changed after it was signed; also header, payload
//	{now} {now-60s}            seconds since the epoch; also within {clerk …}
//	{suffix clerk}             Clerk's suffix of cookie names, without underscore
//	{pk clerk} {jwks clerk} {pem clerk} {issuer clerk}   what goes into configurations
//	{repeat abc 1000}          a text many times
//	{hex 0d0a}                 bytes
//	{base64 text}              base64 of a text
//	{name}                     Row.Tokens[name]
//
// Other braces stay as they are.
type Mint struct {
	Now    time.Time
	Tokens map[string]func(*Mint) string
}

// issuers are the identity providers of the tests, made once.
var issuers = sync.OnceValue(func() map[string]*idp.Issuer {
	all := map[string]*idp.Issuer{}
	add := func(name string) func(*idp.Issuer, error) {
		return func(i *idp.Issuer, err error) {
			if err != nil {
				panic(err)
			}
			all[name] = i
		}
	}
	add("clerk")(idp.NewClerk("clerk.example.com", true))
	add("clerk2")(idp.NewClerk("clerk.other.example", true))
	add("clerkdev")(idp.NewClerk("happy-hippo-1.clerk.accounts.dev", false))
	add("oneauxilia")(idp.NewOneAuxilia("oneauxilia.example.com"))
	add("corbado")(idp.NewCorbado("pro-123"))
	add("plain")(idp.NewPlain("issuer.example.com"))
	add("down")(idp.NewPlain("down.example.com"))
	all["down"].Break(idp.Down())
	add("html")(idp.NewPlain("html.example.com"))
	all["html"].Break(idp.HTML())
	add("rotating")(newRotatingIssuer())
	for _, algorithm := range algorithms {
		issuer, err := newAlgorithmIssuer(algorithm)
		add(algorithmIssuer(algorithm))(issuer, err)
	}
	return all
})

// keyServer serves the keys of all issuers.
var keyServer = sync.OnceValue(func() *idp.Server {
	return idp.NewServer(slices.Collect(maps.Values(issuers()))...)
})

// stray is a key that nobody publishes.
var stray = sync.OnceValue(func() *idp.Key {
	key, err := idp.NewKey("stray", "RS256")
	if err != nil {
		panic(err)
	}
	return key
})

// fill replaces the words in braces.
func (m *Mint) fill(text string) string {
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
		value, ok := m.word(strings.Fields(m.fill(text[start+1 : end])))
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

// closing is the index of the brace that closes the one at start, or -1.
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

func (m *Mint) word(words []string) (string, bool) {
	if len(words) == 0 {
		return "", false
	}
	if make, ok := m.Tokens[words[0]]; ok && len(words) == 1 {
		return m.note(make(m)), true
	}
	if issuer := issuers()[words[0]]; issuer != nil {
		return m.note(m.Token(words[0], words[1:]...)), true
	}
	argument := ""
	if len(words) > 1 {
		argument = words[1]
	}
	issuer := issuers()[argument]
	switch verb := words[0]; {
	case verb == "now":
		return strconv.FormatInt(m.Now.Unix(), 10), true
	case strings.HasPrefix(verb, "now+"), strings.HasPrefix(verb, "now-"):
		d, err := time.ParseDuration(verb[len("now"):])
		if err != nil {
			panic(err)
		}
		return strconv.FormatInt(m.Now.Add(d).Unix(), 10), true
	case verb == "suffix" && issuer != nil:
		return issuer.CookieSuffix(), true
	case verb == "pk" && issuer != nil:
		return issuer.PublishableKey, true
	case verb == "issuer" && issuer != nil:
		return issuer.URL, true
	case verb == "jwks" && issuer != nil:
		return string(issuer.KeySet()), true
	case verb == "pem" && issuer != nil:
		quoted, _ := json.Marshal(issuer.Key().PEM())
		return string(quoted), true
	case verb == "repeat" && len(words) == 3:
		n, err := strconv.Atoi(words[2])
		if err != nil {
			panic(err)
		}
		return strings.Repeat(argument, n), true
	case verb == "hex":
		raw, err := hex.DecodeString(argument)
		if err != nil {
			panic(err)
		}
		return string(raw), true
	case verb == "base64":
		return base64.StdEncoding.EncodeToString([]byte(strings.Join(words[1:], " "))), true
	}
	return "", false
}

// Session is the content of an issuer's token, now.
func (m *Mint) Session(issuer string) *idp.Session { return issuers()[issuer].Session(m.Now) }

// Token mints a token of an issuer, with the changes that words describe.
func (m *Mint) Token(issuer string, changes ...string) string {
	s := m.Session(issuer)
	tamper := ""
	for _, change := range changes {
		name, value, isString := strings.Cut(change, "=")
		name, isJSON := strings.CutSuffix(name, ":")
		name, inHeader := strings.CutPrefix(name, "header.")
		target := s.Claims
		if inHeader {
			target = s.Header
		}
		switch {
		case strings.HasPrefix(change, "-header."):
			delete(s.Header, strings.TrimPrefix(change, "-header."))
		case strings.HasPrefix(change, "-"):
			delete(s.Claims, change[1:])
		case name == "tamper":
			tamper = value
		case name == "key" && value == "stray":
			s.Key = stray()
		case name == "key":
			s.Key = issuers()[value].Key()
		case isJSON:
			target[name] = json.RawMessage(value)
		case isString && slices.Contains([]string{"exp", "nbf", "iat", "auth_time"}, name):
			d, err := time.ParseDuration(value)
			if err != nil {
				panic(err)
			}
			target[name] = m.Now.Add(d).Unix()
		case isString:
			target[name] = value
		default:
			panic(fmt.Sprintf("cannot read %q in {%s %s}", change, issuer, strings.Join(changes, " ")))
		}
	}
	return tampered(s.Token(), tamper)
}

// tampered changes one part of a token, keeping its form.
func tampered(token, part string) string {
	parts := strings.Split(token, ".")
	switch part {
	case "":
		return token
	case "signature":
		sum := sha256.Sum256([]byte(parts[2]))
		raw, _ := base64.RawURLEncoding.DecodeString(parts[2])
		copy(raw, sum[:])
		parts[2] = base64.RawURLEncoding.EncodeToString(raw)
	case "payload":
		parts[1] = reencoded(parts[1], "sub", "user_mallory")
	case "header":
		parts[0] = reencoded(parts[0], "typ", "jwt")
	default:
		panic("cannot tamper with " + part)
	}
	return strings.Join(parts, ".")
}

func reencoded(part, name, value string) string {
	raw, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		panic(err)
	}
	var members map[string]any
	if err := json.Unmarshal(raw, &members); err != nil {
		panic(err)
	}
	members[name] = value
	raw, _ = json.Marshal(members)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// minted remembers the parts of tokens that must not turn up in a log.
var minted struct {
	sync.Mutex
	parts map[string]bool
}

func (m *Mint) note(token string) string {
	minted.Lock()
	defer minted.Unlock()
	if minted.parts == nil {
		minted.parts = map[string]bool{}
	}
	for _, part := range strings.Split(token, ".")[1:] {
		if len(part) >= 20 {
			minted.parts[part[:20]] = true
		}
	}
	return token
}

// leaked is a part of a minted token that stands in a text, or "".
func leaked(text string) string {
	minted.Lock()
	defer minted.Unlock()
	for part := range minted.parts {
		if strings.Contains(text, part) {
			return part
		}
	}
	return ""
}
