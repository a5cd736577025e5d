package jwks

import (
	"encoding/base64"
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
	if jwk[0] != '{' {
		return nil, "", false
	}
	object := strictjson.Value{Raw: jwk}
	m := readMembers(object)
	if m.kid.isString() {
		// A copy, so that the key does not keep the text of the whole set.
		id, hasID = strings.Clone(m.kid.text), true
	} else if !m.kid.isAbsent() {
		return nil, "", false
	}
	key = m.public()
	if key == nil || strictjson.HasDuplicates(object) {
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
	kty, crv, n, e, x, y, kid, alg, use, ops value
}

// value is a member as it stands, empty if it is missing, and what it says if
// it is a string. No member that matters is a number, so none is read as one:
// that takes time.
type value struct{ raw, text string }

// isAbsent reports whether the member is missing or null.
func (v value) isAbsent() bool { return v.raw == "" || v.raw[0] == 'n' }

func (v value) isString() bool { return v.raw != "" && v.raw[0] == '"' }

// readMembers takes the members by their exact names; of two of one name, which
// make the key unusable, the last.
func readMembers(jwk strictjson.Value) (m members) {
	strictjson.MembersOf(jwk, func(name, raw, text string) {
		v := value{raw, text}
		switch name {
		case "kty":
			m.kty = v
		case "crv":
			m.crv = v
		case "n":
			m.n = v
		case "e":
			m.e = v
		case "x":
			m.x = v
		case "y":
			m.y = v
		case "kid":
			m.kid = v
		case "alg":
			m.alg = v
		case "use":
			m.use = v
		case "key_ops":
			m.ops = v
		}
	})
	return m
}

// public reads the key itself; nil if it cannot be used.
func (m *members) public() *Key {
	var (
		key *Key
		err error
	)
	switch m.kty.text {
	case "RSA":
		n, ok1 := decode(m.n)
		e, ok2 := decode(m.e)
		if !ok1 || !ok2 {
			return nil
		}
		key, err = newRSA(n, e)
	case "EC":
		c := curveNamed(m.crv.text)
		x, ok1 := decode(m.x)
		y, ok2 := decode(m.y)
		if c == nil || !ok1 || !ok2 {
			return nil
		}
		key, err = newEC(c, x, y)
	case "OKP":
		x, ok := decode(m.x)
		if !ok || m.crv.text != "Ed25519" {
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
	if !m.use.isAbsent() && m.use.text != "sig" {
		return 0
	}
	if !m.ops.isAbsent() && !allowsVerify(m.ops) {
		return 0
	}
	if m.alg.isAbsent() {
		return set
	}
	alg, ok := jwa.ByName(m.alg.text)
	if !ok || !set.Has(alg) {
		return 0
	}
	return jwa.SetOf(alg)
}

// allowsVerify reports whether key_ops is a list of strings with "verify".
func allowsVerify(ops value) bool {
	found, strings := false, true
	strictjson.ElementsOf(ops.raw, func(raw, text string) {
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
// space, no line ends (which package base64 skips), no stray bits.
func decode(v value) ([]byte, bool) {
	if v.text == "" || strings.ContainsAny(v.text, "\r\n") {
		return nil, false
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(v.text)
	return data, err == nil
}
