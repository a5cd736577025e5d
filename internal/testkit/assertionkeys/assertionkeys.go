// Package assertionkeys makes keys that sign assertions in tests.
package assertionkeys

import (
	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// New is the test key of that name, with the key id that the filter gives it.
func New(name string) *jwttest.Key {
	key := jwttest.NewKey(jwa.ES256, name)
	key.ID = Parsed(key).ID
	return key
}

// Parsed is a key as the filter reads it.
func Parsed(key *jwttest.Key) *assertion.Key {
	parsed, err := assertion.ParseKey(jwttest.PrivatePEM(key))
	if err != nil {
		panic(err)
	}
	return parsed
}
