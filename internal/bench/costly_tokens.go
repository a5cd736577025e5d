package main

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/bench/costly"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// algorithms are all that the filter verifies.
var algorithms = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

// forger makes tokens that name a key of the provider and are not signed by it.
type forger struct {
	clerk, plain *idp.Issuer
	named        map[string]*idp.Key // by algorithm
	nameless     []*idp.Key          // of plain, without "alg"
	count        int
}

// fitting is how many keys a token that names none is tried with, at most.
const fitting = 8

func newForger() (*forger, error) {
	f := &forger{named: map[string]*idp.Key{}}
	var err error
	if f.clerk, err = idp.NewClerk("clerk.example.com", true); err != nil {
		return nil, err
	}
	if f.plain, err = idp.NewPlain("issuer.example.com"); err != nil {
		return nil, err
	}
	rsa, err := idp.NewKey("", "RS256")
	if err != nil {
		return nil, err
	}
	for _, algorithm := range algorithms {
		if f.named[algorithm], err = keyFor(algorithm, rsa); err != nil {
			return nil, err
		}
		f.named[algorithm].ID = "dear-" + algorithm
	}
	for _, algorithm := range []string{"PS512", "ES256", "ES512", "EdDSA"} {
		for i := range fitting {
			key, err := keyFor(algorithm, rsa)
			if err != nil {
				return nil, err
			}
			key.ID = "dear-" + algorithm + "-" + strconv.Itoa(i)
			f.nameless = append(f.nameless, key)
		}
	}
	return f, nil
}

// keyFor is a key for an algorithm. Those for RSA are one, because they take long
// to make.
func keyFor(algorithm string, rsa *idp.Key) (*idp.Key, error) {
	if strings.HasPrefix(algorithm, "ES") || algorithm == "EdDSA" {
		return idp.NewKey("", algorithm)
	}
	return &idp.Key{Algorithm: algorithm, Private: rsa.Private}, nil
}

// configuration reads every source, and has rules that look at host, path and
// method.
func (f *forger) configuration() string {
	var named, nameless list
	for _, algorithm := range algorithms {
		named = append(named, f.named[algorithm].JWK())
	}
	for _, key := range f.nameless {
		jwk := key.JWK()
		delete(jwk, "alg")
		nameless = append(nameless, jwk)
	}
	return string(mustJSON(object{
		"providers": list{
			object{
				"preset": "clerk", "publishableKey": f.clerk.PublishableKey, "authorizedParties": list{f.clerk.AuthorizedParty},
				"algorithms": algorithms, "jwks": object{"keys": named}, "fromParams": list{"token"},
			},
			object{
				"name": "plain", "issuer": f.plain.URL, "jwks": object{"keys": nameless},
				"fromHeaders": list{object{"name": "x-token"}},
			},
		},
		"rules": list{
			object{"hosts": list{"open.example.com", "*.open.example.com"}, "auth": "optional"},
			object{"paths": list{"/public", "/public/*", "/static/{**}"}, "methods": list{"GET", "HEAD"}, "auth": "skip"},
			object{"paths": list{"/admin", "/admin/*"}, "methods": list{"DELETE"}, "providers": list{"clerk"}, "require": list{object{"claim": "org_role", "values": list{"org:admin"}}}},
		},
	}))
}

// words are the directives of requests that stand for tokens, or for a part that
// makes one new. No two are alike, so that nothing can remember having seen one.
func (f *forger) words() costly.Words {
	word := func(token func(algorithm string) (string, error)) func(...string) (string, error) {
		return func(args ...string) (string, error) {
			if len(args) != 1 || f.named[args[0]] == nil {
				return "", fmt.Errorf("want one algorithm, not %q", args)
			}
			f.count++
			return token(args[0])
		}
	}
	return costly.Words{
		"new": func(...string) (string, error) {
			f.count++
			return fmt.Sprintf("new-%06d", f.count), nil
		},
		"forged": word(func(algorithm string) (string, error) {
			return f.forge(f.clerk, f.named[algorithm], object{"kid": f.named[algorithm].ID}, nil), nil
		}),
		"forged-handshake": word(func(algorithm string) (string, error) {
			return f.forge(f.clerk, f.named[algorithm], object{"kid": f.named[algorithm].ID}, object{"handshake": list{"__session=; Path=/"}}), nil
		}),
		"forged-without-kid": word(func(algorithm string) (string, error) {
			for _, key := range f.nameless {
				if key.Algorithm == algorithm {
					return f.forge(f.plain, key, nil, nil), nil
				}
			}
			return "", fmt.Errorf("no keys without %s", algorithm)
		}),
	}
}

// forge is a session token of the issuer, but for a signature that the key made
// for another token: well-formed, and as much work as a right one.
func (f *forger) forge(issuer *idp.Issuer, key *idp.Key, header, claims object) string {
	session := issuer.Session(time.Now())
	delete(session.Header, "kid")
	session.Header["alg"] = key.Algorithm
	maps.Copy(session.Header, header)
	session.Claims["exp"] = time.Now().Add(time.Hour).Unix()
	session.Claims["sid"] = "sess_" + strconv.Itoa(f.count)
	maps.Copy(session.Claims, claims)
	if claims["handshake"] != nil {
		delete(session.Claims, "sub")
	}
	token := key.Token(session.Header, session.Claims)
	session.Claims["sid"] = "sess_other"
	other := key.Token(session.Header, session.Claims)
	return token[:strings.LastIndexByte(token, '.')] + other[strings.LastIndexByte(other, '.'):]
}
