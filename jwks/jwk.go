package jwks

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/strictjson"
)

// parseJWK reads one element of "keys" (RFC 7517 section 4). The key is nil if
// it cannot be used; id and hasID are told even then, if there is a kid.
//
// The optional members kid, alg, use and key_ops count as absent when they are
// null, as several serialisers write what is not set; any other wrong type
// makes the key unusable.
func parseJWK(jwk string) (key *Key, id string, hasID bool) {
	object := strictjson.Value{Raw: jwk}
	m := readMembers(object)
	if m[kid].IsString() {
		// A copy, so that the key does not keep the text of the whole set.
		id, hasID = strings.Clone(m[kid].Text), true
	}
	key = m.public()
	if key == nil || !hasID && !isAbsent(m[kid]) {
		return nil, id, hasID
	}
	key.ID, key.HasID, key.Algorithms = id, hasID, m.restrict(key.Algorithms)
	if key.Algorithms == 0 || strictjson.HasDuplicates(object) {
		return nil, id, hasID
	}
	return key, id, hasID
}

// The members of a JWK that matter here.
const (
	kty = iota
	crv
	n
	e
	x
	y
	kid
	alg
	use
	keyOps
)

var memberNames = [...]string{
	kty: "kty", crv: "crv", n: "n", e: "e", x: "x", y: "y", kid: "kid", alg: "alg", use: "use", keyOps: "key_ops",
}

// members are those members, each empty if it is missing. No member that matters
// is a number, so none is read as one: that takes time.
type members [len(memberNames)]strictjson.Value

// isAbsent reports whether a member is missing or null.
func isAbsent(v strictjson.Value) bool { return !v.Exists() || v.IsNull() }

// readMembers takes the members by their exact names; of two of one name, which
// make the key unusable, the last.
func readMembers(jwk strictjson.Value) (m members) {
	strictjson.MembersOf(jwk, func(name, raw, text string) {
		if i := slices.Index(memberNames[:], name); i >= 0 {
			m[i] = strictjson.Value{Raw: raw, Text: text}
		}
	})
	return m
}

// public reads the key itself; nil if it cannot be used. What cannot be decoded
// is empty, and too short for every kind of key.
func (m *members) public() (key *Key) {
	switch m[kty].Text {
	case "RSA":
		key, _ = newRSA(decode(m[n]), decode(m[e]))
	case "EC":
		if c := curveNamed(m[crv].Text); c != nil {
			key, _ = newEC(c, decode(m[x]), decode(m[y]))
		}
	case "OKP":
		if m[crv].Text == "Ed25519" {
			key, _ = newEd25519(decode(m[x]))
		}
	}
	return key
}

// restrict leaves of the algorithms that fit the key's type those that alg, use
// and key_ops allow (RFC 7517 sections 4.2, 4.3 and 4.4).
func (m *members) restrict(set jwa.Set) jwa.Set {
	switch {
	case !isAbsent(m[use]) && m[use].Text != "sig", !isAbsent(m[keyOps]) && !allowsVerify(m[keyOps]):
		return 0
	case isAbsent(m[alg]):
		return set
	}
	only, _ := jwa.ByName(m[alg].Text)
	return set & jwa.SetOf(only)
}

// allowsVerify reports whether key_ops is a list of strings with "verify".
func allowsVerify(ops strictjson.Value) bool {
	found, strings := false, true
	strictjson.ElementsOf(ops.Raw, func(raw, text string) {
		strings = strings && raw[0] == '"'
		found = found || text == "verify"
	})
	return found && strings
}

func curveNamed(name string) *curve {
	for i := range curves {
		if curves[i].Name == name {
			return &curves[i]
		}
	}
	return nil
}

// decode reads base64url as RFC 7515 section 2 has it: no padding, no white
// space, no line ends (which package base64 skips), no stray bits. It is nil for
// anything else.
func decode(v strictjson.Value) []byte {
	data, err := base64.RawURLEncoding.Strict().DecodeString(v.Text)
	if err != nil || strings.ContainsAny(v.Text, "\r\n") {
		return nil
	}
	return data
}
