package config

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/internal/strictjson"
	"github.com/sessiongate/sessiongate/jwks"
)

// keySet reads inline keys. It never returns nil, so that a key set that is
// wrong is not also reported as missing.
func (d *decoder) keySet(path string, f *Field, v gjson.Result) *jwks.Set {
	text := ""
	switch {
	case v.IsObject():
		text = v.Raw
	case v.Type == gjson.String:
		text = strings.TrimSpace(v.Str)
	default:
		d.wrongKind(path, f, v)
		return &jwks.Set{}
	}
	var set *jwks.Set
	var err error
	switch {
	case strings.HasPrefix(text, "-----BEGIN"):
		set, err = jwks.ParsePEM([]byte(text))
	case strings.HasPrefix(text, "{"):
		if wrong := wrongSet(text); wrong != "" {
			d.fail(path, wrong)
			return &jwks.Set{}
		}
		set, err = jwks.Parse([]byte(text), jwks.Inline)
	default:
		d.fail(path, `holds no keys; write a JWK Set: {"keys": [...]}, or a PEM public key that begins with "-----BEGIN PUBLIC KEY-----"`)
		return &jwks.Set{}
	}
	switch {
	case err != nil:
		d.fail(path, err.Error())
	case len(set.Keys) == 0:
		d.fail(path, "holds no key that can be used; write RSA (2048 bits and more), EC (P-256, P-384, P-521) or Ed25519 public keys")
	case set.Skipped == 1:
		d.warn(path, "1 of its keys cannot be used and is left out")
	case set.Skipped > 1:
		d.warn(path, itoa(set.Skipped)+" of its keys cannot be used and are left out")
	}
	if set == nil {
		set = &jwks.Set{}
	}
	return set
}

// wrongSet tells what keeps text from being a set of public keys, as far as
// its shape shows.
func wrongSet(text string) string {
	if !isJSON(text) {
		return "not valid JSON; write a JWK Set: {\"keys\": [...]}"
	}
	set := gjson.Parse(text)
	if !strictjson.Member(set, "keys").Exists() && strictjson.Member(set, "kty").Exists() {
		return `a single key; write {"keys": [...]} around it`
	}
	private := false
	strictjson.Member(set, "keys").ForEach(func(_, key gjson.Result) bool {
		private = private || key.IsObject() && strictjson.Member(key, "kty").String() != "oct" && strictjson.Member(key, "d").Exists()
		return !private
	})
	if private {
		return `holds a private key (its member "d"); write the public keys only, and replace this one: it has been shown`
	}
	return ""
}
