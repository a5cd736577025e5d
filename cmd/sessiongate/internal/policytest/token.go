package policytest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/keyfile"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
)

// issuer stands for the issuer of a provider's tokens: with a key that is made
// for one run, and takes the place of the real ones.
type issuer struct {
	provider *session.Provider
	own      *idp.Key // made when it is needed
	strange  *idp.Key // that it does not publish
}

// Who may sign a token.
const (
	byIssuer   = "issuer"
	byStranger = "stranger" // with a key id that the issuer does not publish
	byImpostor = "impostor" // with the issuer's key id, and another key
)

// lifetime of tokens that say nothing else.
const lifetime = time.Minute

// algorithm is one that the provider accepts, ES256 if it does: its keys are made
// in no time.
func (i *issuer) algorithm() string {
	if i.provider.Expect.Algorithms.Has(jwa.ES256) {
		return jwa.ES256.Name()
	}
	return i.provider.Expect.Algorithms.List()[0].Name()
}

// key is the issuer's, or that of a stranger.
func (i *issuer) key(strange bool) (key *idp.Key, err error) {
	at, id := &i.own, "test-"+i.provider.Name
	if strange {
		at, id = &i.strange, "stranger"
	}
	if *at == nil {
		*at, err = idp.NewKey(id, i.algorithm())
	}
	return *at, err
}

// published is the key set that verifies the issuer's tokens.
func (i *issuer) published(origin jwks.Origin) (*jwks.Set, error) {
	own, err := i.key(false)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(map[string]any{"keys": []any{own.JWK()}})
	if err != nil {
		return nil, err
	}
	return jwks.Parse(text, origin)
}

// issuersOf puts the keys of a run in the place of the real ones.
func issuersOf(p *policy.Policy) (map[string]*issuer, keyfile.Keys, error) {
	issuers, keys := map[string]*issuer{}, keyfile.Keys{}
	for _, provider := range p.Providers {
		i := &issuer{provider: provider}
		issuers[provider.Name] = i
		origin := jwks.Remote
		if provider.Inline != nil {
			origin = jwks.Inline
		}
		set, err := i.published(origin)
		if err != nil {
			return nil, nil, err
		}
		if provider.Inline != nil {
			provider.Inline = set
			continue
		}
		keys[provider.Name] = keyfile.Given{Set: set}
	}
	return issuers, keys, nil
}

// resolved is the spec with what it is like filled in.
func (f *file) resolved(t tokenSpec, depth int) (tokenSpec, error) {
	if t.Like == "" {
		return t, nil
	}
	like, is := f.Tokens[t.Like]
	if !is || depth > len(f.Tokens) {
		return t, fmt.Errorf("there is no token %q, or it is like itself; write it under tokens, which has %s", t.Like, strings.Join(slices.Sorted(maps.Keys(f.Tokens)), ", "))
	}
	base, err := f.resolved(like, depth+1)
	if err != nil {
		return t, err
	}
	merge := func(base, own map[string]any) map[string]any {
		all := maps.Clone(base)
		if all == nil {
			all = map[string]any{}
		}
		maps.Copy(all, own)
		return all
	}
	t.Like = ""
	t.Claims, t.Header = merge(base.Claims, t.Claims), merge(base.Header, t.Header)
	for _, field := range []struct {
		own  *string
		base string
	}{{&t.Provider, base.Provider}, {&t.In, base.In}, {&t.SignedBy, base.SignedBy}, {&t.Text, base.Text}} {
		if *field.own == "" {
			*field.own = field.base
		}
	}
	return t, nil
}

// token makes a token: what the provider expects, with the spec's claims and
// header parameters in their place. null takes one away.
func (i *issuer) token(t tokenSpec, now time.Time) (string, error) {
	if t.Text != "" {
		return t.Text, nil
	}
	key, err := i.key(false)
	if err != nil {
		return "", err
	}
	expect := &i.provider.Expect
	claims := map[string]any{"sub": "user_1", "iat": now.Unix(), "exp": now.Add(lifetime).Unix()}
	for name, list := range map[string][]string{"iss": expect.Issuers, "aud": expect.Audiences, "azp": expect.AuthorizedParties} {
		if len(list) > 0 {
			claims[name] = list[0]
		}
	}
	for name, value := range t.Claims {
		if claims[name], err = claimOf(name, value, now); err != nil {
			return "", err
		}
	}
	header := map[string]any{"typ": "JWT", "alg": key.Algorithm, "kid": key.ID}
	switch t.SignedBy {
	case "", byIssuer:
	case byStranger, byImpostor:
		if key, err = i.key(true); err != nil {
			return "", err
		}
		if t.SignedBy == byStranger {
			header["kid"] = key.ID
		}
	default:
		return "", fmt.Errorf("signedBy: %q is not known; write issuer, stranger or impostor", t.SignedBy)
	}
	maps.Copy(header, t.Header)
	for _, object := range []map[string]any{claims, header} {
		maps.DeleteFunc(object, func(_ string, value any) bool { return value == nil })
		if _, err := json.Marshal(object); err != nil {
			return "", errors.New("claims or header hold a value that JSON cannot express")
		}
	}
	return key.Token(header, claims), nil
}

// dates are claims that may be written as a time, or as a distance from now.
var dates = []string{"exp", "nbf", "iat", "auth_time"}

func claimOf(name string, value any, now time.Time) (any, error) {
	if !slices.Contains(dates, name) {
		return value, nil
	}
	switch value := value.(type) {
	case time.Time:
		return value.Unix(), nil
	case string:
		distance, err := time.ParseDuration(value)
		if err != nil {
			return nil, fmt.Errorf("claim %s: write a distance such as -5m, a time, or seconds since the epoch", name)
		}
		return now.Add(distance).Unix(), nil
	}
	return value, nil
}

// put adds a token to a request's headers, in the first place of that kind that
// its provider reads.
func (i *issuer) put(headers [][2]string, t tokenSpec, token string) ([][2]string, error) {
	p := i.provider
	in := t.In
	if in == "" {
		switch {
		case len(p.Headers) > 0:
			in = "header"
		case len(p.TokenCookies()) > 0:
			in = "cookie"
		default:
			in = "parameter"
		}
	}
	switch {
	case in == "header" && len(p.Headers) > 0:
		value := token
		if prefix := p.Headers[0].Prefix; prefix != "" {
			value = strings.TrimRight(prefix, " ") + " " + token
		}
		return append(headers, [2]string{p.Headers[0].Name, value}), nil
	case in == "cookie" && len(p.TokenCookies()) > 0:
		return addCookies(headers, p.TokenCookies()[0], token, p.Preset.Name == "clerk"), nil
	case in == "parameter" && len(p.TokenParams()) > 0:
		for j := range headers {
			if headers[j][0] == ":path" {
				separator := "?"
				if strings.Contains(headers[j][1], "?") {
					separator = "&"
				}
				headers[j][1] += separator + p.TokenParams()[0] + "=" + token
			}
		}
		return headers, nil
	}
	return nil, fmt.Errorf("in: provider %s reads no %s; write header, cookie or parameter, as the provider has them", p.Name, strconv.Quote(in))
}

// addCookies adds a cookie, and for Clerk the one that its pages set beside it.
func addCookies(headers [][2]string, name, token string, clerk bool) [][2]string {
	line := name + "=" + token
	for i := range headers {
		if headers[i][0] == "cookie" {
			line = headers[i][1] + "; " + line
			headers = append(headers[:i:i], headers[i+1:]...)
			break
		}
	}
	if clerk && !strings.Contains(line, "__client_uat") {
		line += "; __client_uat=1"
	}
	return append(headers, [2]string{"cookie", line})
}
