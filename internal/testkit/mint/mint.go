// Package mint fills the words in braces of rows in, tokens above all.
package mint

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/braces"
)

// Mint knows these words, and those of braces.Common:
//
//	{clerk}                    a session token of that issuer
//	{clerk exp=-60s}           a claim at a time from now
//	{clerk azp=https://x.example}  a claim that is a string
//	{clerk v:=1 o:={"id":"x"}}     a claim that is JSON
//	{clerk {"v":1,"sub":"x"}}  several claims, as JSON
//	{clerk -sub}               without a claim
//	{clerk header.kid=other}   a member of the JOSE header, likewise; with
//	                           alg none or HS256 it is signed as forgers do
//	{clerk key=stray}          signed with a key that no issuer publishes, or
//	                           that of another issuer; the kid stays
//	{clerk pad=9000}           with a claim of that many bytes more
//	{clerk tamper=signature}   changed after it was signed; also header, payload
//	{suffix clerk}             Clerk's suffix of cookie names, without underscore
//	{pk clerk} {jwks clerk} {pem clerk} {issuer clerk}   what goes into configurations
//	{escaped text}             a text with its dots percent-encoded
//
// Other braces stay as they are.
type Mint struct {
	Now     time.Time
	Issuers map[string]Issuer
	// More, if set, is asked first what words mean.
	More func(words []string) (string, bool)
	// Minted are the tokens so far, by the words for them: one description is
	// one token.
	Minted map[string]string
}

// Issuer mints the tokens of one name.
type Issuer struct {
	*idp.Issuer
	// Content is what a token that is made at a moment says, beside alg and kid;
	// without it, what the vendor's says.
	Content func(now time.Time) (header, claims map[string]any)
}

// New is a mint at a moment.
func New(now time.Time, issuers map[string]Issuer) *Mint {
	return &Mint{Now: now, Issuers: issuers, Minted: map[string]string{}}
}

// Fill replaces the words in braces.
func (m *Mint) Fill(text string) string { return braces.Fill(text, m.word) }

func (m *Mint) word(words []string) (string, bool) {
	if m.More != nil {
		if value, known := m.More(words); known {
			return value, true
		}
	}
	if issuer, is := m.Issuers[words[0]]; is {
		all := strings.Join(words, " ")
		if m.Minted[all] == "" {
			m.Minted[all] = m.Token(issuer, words[1:]...)
		}
		return m.Minted[all], true
	}
	if len(words) == 2 {
		if value, known := m.about(words[0], words[1]); known {
			return value, true
		}
	}
	return braces.Common(m.Now, words)
}

// about is something of an issuer that is no token.
func (m *Mint) about(what, name string) (string, bool) {
	if what == "escaped" {
		return strings.ReplaceAll(name, ".", "%2E"), true
	}
	issuer, is := m.Issuers[name]
	if !is {
		return "", false
	}
	switch what {
	case "suffix":
		return issuer.CookieSuffix(), true
	case "pk":
		return issuer.PublishableKey, true
	case "issuer":
		return issuer.URL, true
	case "jwks":
		return string(issuer.KeySet()), true
	case "pem":
		quoted, err := json.Marshal(issuer.Key().PEM())
		return string(quoted), err == nil
	}
	return "", false
}
