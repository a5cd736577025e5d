package session

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/strictjson"
	"github.com/sessiongate/sessiongate/jwt"
)

// idOf is a claim that names a user or a session: a string that is not empty, or
// an integer, as it is written. Of any other, it is empty.
func idOf(v strictjson.Value) string {
	if v.IsNumber() && isInteger(v.Raw) {
		return v.Raw
	}
	return v.Text
}

// isInteger reports whether a number has one spelling: no fraction, exponent or
// minus zero.
func isInteger(number string) bool {
	return number != "-0" && !strings.ContainsAny(number, ".eE")
}

// hasUser reports whether a token has the claim that names its user; nil where
// "sub" does.
func (s *Settings) hasUser() func(*jwt.Parsed) bool {
	names := s.UserIDClaim.Names
	if names == nil {
		return nil
	}
	return func(t *jwt.Parsed) bool { return idOf(jwt.Member(t.Payload, names...)) != "" }
}

// changeable are claims of OpenID Connect, and of issuers known to this project,
// that a user can often change, or that an issuer gives to another user later.
var changeable = []string{
	"email", "mail", "preferred_username", "username", "user_name", "nickname", "name", "given_name", "family_name",
	"phone", "phone_number", "upn", "unique_name", "verified_primary_email",
}

// checkUserID warns of a user id that may come to mean another user.
func (s *Settings) checkUserID(problems *problem.List) {
	names := s.UserIDClaim.Names
	if names != nil && slices.Contains(changeable, names[len(names)-1]) {
		problems.Warn("userIdClaim", "users can often change "+problem.Quote(s.UserIDClaim.Text)+", and so become another user; write a claim that only the issuer can change, such as \"sub\"")
	}
}
