package jwks

import (
	"encoding/base64"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/ijson"
	"github.com/sessiongate/sessiongate/jwa"
)

// parseJWK reads one element of "keys" (RFC 7517 section 4). The key is nil if
// it cannot be used; id and hasID are told even then, if there is a kid.
//
// The optional members kid, alg, use and key_ops count as absent when they are
// null, as several serialisers write what is not set; any other wrong type
// makes the key unusable.
func parseJWK(jwk gjson.Result) (key *Key, id string, hasID bool) {
	if !jwk.IsObject() {
		return nil, "", false
	}
	m, unique := readMembers(jwk)
	if m.kid.Type == gjson.String {
		// A copy, so that the key does not keep the text of the whole set.
		id, hasID = strings.Clone(m.kid.Str), true
	} else if !isAbsent(m.kid) {
		return nil, "", false
	}
	if !unique {
		return nil, id, hasID
	}
	key = m.public()
	if key == nil {
		return nil, id, hasID
	}
	key.Algorithms = m.restrict(key.Algorithms)
	if key.Algorithms == 0 {
		return nil, id, hasID
	}
	key.ID, key.HasID = id, hasID
	return key, id, hasID
}

// members are the members of a JWK that matter here.
type members struct {
	kty, crv, n, e, x, y, kid, alg, use, ops gjson.Result
}

// readMembers takes the members by their exact names. unique is false if two
// members, of whatever names, have the same one.
func readMembers(jwk gjson.Result) (m members, unique bool) {
	jwk.ForEach(func(name, value gjson.Result) bool {
		switch name.Str {
		case "kty":
			m.kty = value
		case "crv":
			m.crv = value
		case "n":
			m.n = value
		case "e":
			m.e = value
		case "x":
			m.x = value
		case "y":
			m.y = value
		case "kid":
			m.kid = value
		case "alg":
			m.alg = value
		case "use":
			m.use = value
		case "key_ops":
			m.ops = value
		}
		return true
	})
	return m, !ijson.HasDuplicates(jwk)
}

// public reads the key itself; nil if it cannot be used.
func (m *members) public() *Key {
	var (
		key *Key
		err error
	)
	switch text(m.kty) {
	case "RSA":
		n, ok1 := decode(m.n)
		e, ok2 := decode(m.e)
		if !ok1 || !ok2 {
			return nil
		}
		key, err = newRSA(n, e)
	case "EC":
		c := curveNamed(text(m.crv))
		x, ok1 := decode(m.x)
		y, ok2 := decode(m.y)
		if c == nil || !ok1 || !ok2 {
			return nil
		}
		key, err = newEC(c, x, y)
	case "OKP":
		x, ok := decode(m.x)
		if !ok || text(m.crv) != "Ed25519" {
			return nil
		}
		key, err = newEd25519(x)
	default:
		return nil
	}
	if err != nil {
		return nil
	}
	return key
}

// restrict leaves of the algorithms that fit the key's type those that alg, use
// and key_ops allow (RFC 7517 sections 4.2, 4.3 and 4.4).
func (m *members) restrict(set jwa.Set) jwa.Set {
	if !isAbsent(m.use) && text(m.use) != "sig" {
		return 0
	}
	if !isAbsent(m.ops) && !allowsVerify(m.ops) {
		return 0
	}
	if isAbsent(m.alg) {
		return set
	}
	alg, ok := jwa.ByName(text(m.alg))
	if !ok || !set.Has(alg) {
		return 0
	}
	return jwa.SetOf(alg)
}

// allowsVerify tells whether key_ops is a list of strings with "verify".
func allowsVerify(ops gjson.Result) bool {
	if !ops.IsArray() {
		return false
	}
	found, strings := false, true
	ops.ForEach(func(_, op gjson.Result) bool {
		strings = strings && op.Type == gjson.String
		found = found || op.Str == "verify"
		return true
	})
	return found && strings
}

func curveNamed(name string) *curve {
	for i := range curves {
		if curves[i].name == name {
			return &curves[i]
		}
	}
	return nil
}

// isAbsent tells whether a member is missing or null.
func isAbsent(value gjson.Result) bool { return value.Type == gjson.Null }

// text is a string's value; empty if it is none.
func text(value gjson.Result) string {
	if value.Type != gjson.String {
		return ""
	}
	return value.Str
}

// decode reads base64url as RFC 7515 section 2 has it: no padding, no white
// space, no line ends (which package base64 skips), no stray bits.
func decode(value gjson.Result) ([]byte, bool) {
	s := text(value)
	if s == "" || strings.ContainsAny(s, "\r\n") {
		return nil, false
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(s)
	return data, err == nil
}
