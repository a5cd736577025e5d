package mint

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// Session is what a token of the issuer says now, ready to be changed.
func (i Issuer) Session(now time.Time) *idp.Session {
	if i.Content == nil {
		return i.Issuer.Session(now)
	}
	header, claims := i.Content(now)
	s := &idp.Session{Header: map[string]any{"alg": i.Key().Algorithm, "kid": i.Key().ID}, Claims: maps.Clone(claims), Key: i.Key()}
	maps.Copy(s.Header, header)
	return s
}

// Token mints a token of an issuer, with the changes that words describe.
func (m *Mint) Token(issuer Issuer, changes ...string) string {
	s, tamper := issuer.Session(m.Now), ""
	for _, change := range changes {
		switch name, value, _ := strings.Cut(change, "="); name {
		case "tamper":
			tamper = value
		case "key":
			s.Key = m.key(value)
		default:
			if err := m.change(s, change); err != nil {
				panic(fmt.Sprintf("cannot read %q in a token of %s: %v", change, issuer.URL, err))
			}
		}
	}
	return Tampered(s.Token(), tamper)
}

func (m *Mint) key(name string) *idp.Key {
	if name == "stray" {
		return issuers.Stray()
	}
	return m.Issuers[name].Key()
}

// dates are claims whose value is a time from now.
var dates = []string{"exp", "nbf", "iat", "auth_time"}

func (m *Mint) change(s *idp.Session, change string) error {
	if change[0] == '{' {
		var more map[string]json.RawMessage // keeps the text of numbers
		err := json.Unmarshal([]byte(change), &more)
		for name, value := range more {
			s.Claims[name] = value
		}
		return err
	}
	name, without := strings.CutPrefix(change, "-")
	name, value, isText := strings.Cut(name, "=")
	name, isJSON := strings.CutSuffix(name, ":")
	name, inHeader := strings.CutPrefix(name, "header.")
	target := s.Claims
	if inHeader {
		target = s.Header
	}
	switch {
	case without:
		delete(target, name)
	case !isText:
		return fmt.Errorf("it has no value")
	case isJSON:
		target[name] = json.RawMessage(value)
	case name == "pad":
		n, err := strconv.Atoi(value)
		target[name] = strings.Repeat("x", n)
		return err
	case slices.Contains(dates, name):
		distance, err := time.ParseDuration(value)
		target[name] = m.Now.Add(distance).Unix()
		return err
	default:
		target[name] = value
	}
	return nil
}

// Tampered is a token of which one part was changed, keeping its form; with ""
// it is the token itself.
func Tampered(token, part string) string {
	parts := strings.Split(token, ".")
	switch part {
	case "":
		return token
	case "signature":
		return jwttest.Tamper(token)
	case "payload":
		parts[1] = reencoded(parts[1], "sub", "user_mallory")
	case "header":
		parts[0] = reencoded(parts[0], "typ", "jwt")
	default:
		panic("cannot tamper with " + part)
	}
	return strings.Join(parts, ".")
}

func reencoded(part, name, value string) string {
	raw, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		panic(err)
	}
	var members map[string]any
	if err := json.Unmarshal(raw, &members); err != nil {
		panic(err)
	}
	members[name] = value
	raw, _ = json.Marshal(members)
	return jwttest.Encode(raw)
}
