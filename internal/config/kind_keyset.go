package config

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/internal/strictjson"
	"github.com/sessiongate/sessiongate/jwks"
)

// KeySet is a JWK Set, as an object or a string, or a PEM public key.
var KeySet Kind = keySet{}

type keySet struct{}

func (keySet) example(*Field) string {
	return `write a JWK Set: {"keys": [...]}, or a PEM public key as a string`
}

// read puts an empty set in the place of one that is wrong, so that it is not
// also reported as missing.
func (keySet) read(g given) {
	set, wrong := g.keys()
	if wrong != "" {
		g.fail(wrong)
		set = &jwks.Set{}
	}
	*g.at.(**jwks.Set) = set
	switch {
	case set.Skipped == 1:
		g.d.warn(g.path, "1 of its keys cannot be used and is left out")
	case set.Skipped > 1:
		g.d.warn(g.path, strconv.Itoa(set.Skipped)+" of its keys cannot be used and are left out")
	}
}

// keys are the keys that are given, or what is wrong with them.
func (g given) keys() (set *jwks.Set, wrong string) {
	text, err := strings.TrimSpace(g.Text), error(nil)
	if g.IsObject() {
		text = g.Raw
	}
	switch {
	case text == "" && !g.IsString():
		wrong = what(g.Value) + "; " + KeySet.example(g.Field)
	case strings.HasPrefix(text, "-----BEGIN"):
		set, err = jwks.ParsePEM([]byte(text))
	case strings.HasPrefix(text, "{"):
		wrong = wrongSet(text)
		set, err = jwks.Parse([]byte(text), jwks.Inline)
	default:
		wrong = `holds no keys; write a JWK Set: {"keys": [...]}, or a PEM public key that begins with "-----BEGIN PUBLIC KEY-----"`
	}
	switch {
	case wrong != "":
		return nil, wrong
	case err != nil:
		return nil, err.Error()
	case len(set.Keys) == 0:
		return nil, "holds no key that can be used; write RSA (2048 bits and more), EC (P-256, P-384, P-521) or Ed25519 public keys"
	}
	return set, ""
}

// wrongSet tells what keeps text from being a set of public keys, as far as
// its shape shows.
func wrongSet(text string) string {
	set, err := strictjson.Document(text)
	keys := strictjson.Member(set, "keys")
	private := false
	strictjson.ElementsOf(keys.Raw, func(raw, _ string) {
		key := strictjson.Value{Raw: raw}
		private = private || strictjson.Member(key, "kty").Text != "oct" && strictjson.Member(key, "d").Exists()
	})
	switch {
	case err != nil:
		return "not valid JSON; write a JWK Set: {\"keys\": [...]}"
	case !keys.Exists() && strictjson.Member(set, "kty").Exists():
		return `a single key; write {"keys": [...]} around it`
	case private:
		return `holds a private key (its member "d"); write the public keys only, and replace this key: it is no longer secret`
	}
	return ""
}

// show names keys without showing them.
func (keySet) show(f *Field) any {
	set := *f.at.(**jwks.Set)
	if set == nil {
		return nil
	}
	var all []Object
	for _, key := range set.Keys {
		var o Object
		if key.HasID {
			o = append(o, Member{"kid", key.ID})
		}
		all = append(all, append(o, Member{"thumbprint", base64.RawURLEncoding.EncodeToString(key.Thumbprint[:])}))
	}
	return Object{{"keys", all}}
}
