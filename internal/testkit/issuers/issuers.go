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
		"clerk":      Clerk("clerk.example.com", true, Key("clerk", "RS256")),
		"clerk2":     Clerk("clerk.other.example", true, Key("clerk2", "RS256")),
		"clerkdev":   Clerk("happy-hippo-1.clerk.accounts.dev", false, Key("clerkdev", "RS256")),
		"oneauxilia": OneAuxilia("oneauxilia.example.com", Key("oneauxilia", "RS256")),
		"corbado":    made(idp.NewCorbado("pro-123", Key("corbado", "RS256"))),
		"plain":      Plain("issuer.example.com", Key("plain", "RS256")),
	}
}

// Of is one of Vendors.
func Of(name string) *idp.Issuer { return Vendors()[name] }

// Clerk is an instance at a host. Like the others it signs with the first of keys
// and publishes them all; without any it has the test key of its host's name.
func Clerk(host string, production bool, keys ...*idp.Key) *idp.Issuer {
	return made(idp.NewClerk(host, production, orOf(host, keys)...))
}

// OneAuxilia is a site.
func OneAuxilia(host string, keys ...*idp.Key) *idp.Issuer {
	return made(idp.NewOneAuxilia(host, orOf(host, keys)...))
}

// Plain is an issuer of plain JWTs.
func Plain(host string, keys ...*idp.Key) *idp.Issuer {
	return made(idp.NewPlain(host, orOf(host, keys)...))
}

func orOf(host string, keys []*idp.Key) []*idp.Key {
	if len(keys) == 0 {
		return []*idp.Key{Key(host, "RS256")}
	}
	return keys
}

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
