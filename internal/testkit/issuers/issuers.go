// Package issuers has the identity providers of the tests: one of each vendor,
// at the same place and with the same key wherever tests need one.
package issuers

import (
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// Vendors makes them, by the names that rows have for them: two production
// instances of Clerk and one for development, a site of OneAuxilia, a project of
// Corbado, and an issuer of plain JWTs. What a test changes is its own.
func Vendors() map[string]*idp.Issuer {
	return map[string]*idp.Issuer{
		"clerk":      made(idp.NewClerk("clerk.example.com", true, Key("clerk", "RS256"))),
		"clerk2":     made(idp.NewClerk("clerk.other.example", true, Key("clerk2", "RS256"))),
		"clerkdev":   made(idp.NewClerk("happy-hippo-1.clerk.accounts.dev", false, Key("clerkdev", "RS256"))),
		"oneauxilia": made(idp.NewOneAuxilia("oneauxilia.example.com", Key("oneauxilia", "RS256"))),
		"corbado":    made(idp.NewCorbado("pro-123", Key("corbado", "RS256"))),
		"plain":      Plain("issuer.example.com", Key("plain", "RS256")),
	}
}

// Plain is an issuer of plain JWTs that signs with the first of keys, and
// publishes them all.
func Plain(host string, keys ...*idp.Key) *idp.Issuer { return made(idp.NewPlain(host, keys...)) }

// Key is the test key of that name, for a JWS algorithm.
func Key(name, algorithm string) *idp.Key {
	a, ok := jwa.ByName(algorithm)
	if !ok {
		panic("no such algorithm: " + algorithm)
	}
	return jwttest.NewKey(a, name).Pair()
}

// Stray is a key that no issuer publishes.
func Stray() *idp.Key { return Key("stray", "RS256") }

func made(issuer *idp.Issuer, err error) *idp.Issuer {
	if err != nil {
		panic(err)
	}
	return issuer
}
