// Package keyfile has the keys that commands verify tokens with, of providers
// that fetch theirs: read from files, fetched from the issuer, or none.
package keyfile

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
)

// Keys are key sets, by the name of their provider.
type Keys map[string]Given

// Given is a key set, or why there is none.
type Given struct {
	Set  *jwks.Set
	From string // for people: the file, or the URL
	Err  error
}

// Read reads key sets, each given as name=file: a JWK Set, or a PEM public key.
func Read(given []string, providers []*session.Provider) (Keys, error) {
	keys := Keys{}
	for _, g := range given {
		name, file, ok := strings.Cut(g, "=")
		if !ok {
			return nil, errors.New("--keys takes name=file")
		}
		if err := known(name, providers); err != nil {
			return nil, fmt.Errorf("--keys: %w", err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		set, err := Parse(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		keys[name] = Given{Set: set, From: file}
	}
	return keys, nil
}

// Parse reads a JWK Set, or a PEM public key.
func Parse(data []byte) (*jwks.Set, error) {
	if strings.HasPrefix(strings.TrimSpace(string(data)), "-----BEGIN") {
		return jwks.ParsePEM(data)
	}
	return jwks.Parse(data, jwks.Remote)
}

// errUnavailable is why there are no keys that were said to be lacking.
var errUnavailable = errors.New("they are to be taken as unavailable")

// Lack makes the keys of these providers unavailable.
func (k Keys) Lack(names []string, providers []*session.Provider) error {
	for _, name := range names {
		if err := known(name, providers); err != nil {
			return fmt.Errorf("--without-keys: %w", err)
		}
		k[name] = Given{Err: errUnavailable}
	}
	return nil
}

func known(name string, providers []*session.Provider) error {
	var names []string
	for _, p := range providers {
		names = append(names, p.Name)
	}
	if !slices.Contains(names, name) {
		return fmt.Errorf("there is no provider %q; there is %s", name, strings.Join(names, ", "))
	}
	return nil
}

// Of are the keys of a provider as the filter would have them. Of a provider
// that was not spoken of, they may come.
func (k Keys) Of(p *session.Provider) jwks.Snapshot {
	if p.Inline != nil {
		return jwks.Snapshot{Set: p.Inline, OnMissing: jwks.OnMissingRefuse}
	}
	switch given, is := k[p.Name]; {
	case !is:
		return jwks.Snapshot{OnMissing: jwks.OnMissingFetch}
	case given.Err != nil:
		return jwks.Snapshot{OnMissing: jwks.OnMissingUnavailable}
	default:
		return jwks.Snapshot{Set: given.Set, OnMissing: jwks.OnMissingRefuse}
	}
}
