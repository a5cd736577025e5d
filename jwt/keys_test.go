package jwt_test

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// TestVerifyKeys goes through what is known of the keys, and what of that a
// token makes.
func TestVerifyKeys(t *testing.T) {
	type m = map[string]any
	known, stranger := jwttest.NewKey(jwa.ES256, "known"), jwttest.NewKey(jwa.ES256, "stranger")
	remote := mustSet(t, jwttest.JWKSet(known), jwks.Remote)
	two := mustSet(t, jwttest.JWKSet(known, jwttest.NewKey(jwa.ES256, "second")), jwks.Remote)
	inline := mustSet(t, jwttest.JWKSet(known), jwks.Inline)
	empty := mustSet(t, `{"keys":[]}`, jwks.Remote)
	pem, err := jwks.ParsePEM([]byte(jwttest.PEM(known)))
	if err != nil {
		t.Fatal(err)
	}
	noKID := m{"kid": nil}
	const final, fetch, unavailable = jwks.OnMissingRefuse, jwks.OnMissingFetch, jwks.OnMissingUnavailable

	for name, row := range map[string]struct {
		view       jwks.Snapshot
		key        *jwttest.Key
		header     m
		changes    m
		requireKID bool
		want       reason.Reason
		wait       bool
	}{
		"known": {view: jwks.Snapshot{Set: remote}, key: known},
		"known, whatever is said of lacking ones": {view: jwks.Snapshot{Set: remote, OnMissing: unavailable}, key: known},
		"known, signed by another":                {view: jwks.Snapshot{Set: remote}, key: known.Impostor(), want: reason.TokenInvalidSignature},
		"known, does not fit":                     {view: jwks.Snapshot{Set: remote, OnMissing: fetch}, key: jwttest.NewKey(jwa.EdDSA, "known"), want: reason.TokenVerificationFailed},
		"signature before claims":                 {view: jwks.Snapshot{Set: remote}, key: known.Impostor(), changes: m{"exp": 1}, want: reason.TokenInvalidSignature},
		"unknown, inline":                         {view: jwks.Snapshot{Set: inline, OnMissing: fetch}, key: stranger, want: reason.KeyIDMismatch},
		"unknown, inline, expired":                {view: jwks.Snapshot{Set: inline}, key: stranger, changes: m{"exp": 1}, want: reason.KeyIDMismatch},
		"unknown, PEM":                            {view: jwks.Snapshot{Set: pem}, key: stranger, want: reason.TokenInvalidSignature},
		"any kid, PEM":                            {view: jwks.Snapshot{Set: pem}, key: known, header: m{"kid": "other"}},
		"no kid, PEM":                             {view: jwks.Snapshot{Set: pem}, key: known, header: noKID, requireKID: true},
		"no kid, one key":                         {view: jwks.Snapshot{Set: remote}, key: known, header: noKID},
		"no kid, one key, kid required":           {view: jwks.Snapshot{Set: remote, OnMissing: fetch}, key: known, header: noKID, requireKID: true, want: reason.TokenVerificationFailed},
		"no kid, two keys":                        {view: jwks.Snapshot{Set: two, OnMissing: fetch}, key: known, header: noKID},
		"no kid, empty set":                       {view: jwks.Snapshot{Set: empty, OnMissing: fetch}, key: known, header: noKID, want: reason.TokenVerificationFailed},
		"unknown, final":                          {view: jwks.Snapshot{Set: remote, OnMissing: final}, key: stranger, want: reason.KeyIDMismatch},
		"unknown, fetch":                          {view: jwks.Snapshot{Set: remote, OnMissing: fetch}, key: stranger, want: reason.KeysUnavailable, wait: true},
		"unknown, unavailable":                    {view: jwks.Snapshot{Set: remote, OnMissing: unavailable}, key: stranger, want: reason.KeysUnavailable},
		"empty set, final":                        {view: jwks.Snapshot{Set: empty, OnMissing: final}, key: known, want: reason.KeyIDMismatch},
		"empty set, fetch":                        {view: jwks.Snapshot{Set: empty, OnMissing: fetch}, key: known, want: reason.KeysUnavailable, wait: true},
		"unknown, another issuer":                 {view: jwks.Snapshot{Set: remote, OnMissing: fetch}, key: stranger, changes: m{"iss": "x"}, want: reason.TokenInvalidIssuer},
		"unknown, aud of a wrong type":            {view: jwks.Snapshot{Set: remote, OnMissing: fetch}, key: stranger, changes: m{"aud": 5}, want: reason.TokenVerificationFailed},
		"unknown, azp of a wrong type":            {view: jwks.Snapshot{Set: remote, OnMissing: fetch}, key: stranger, changes: m{"azp": 5}, want: reason.TokenInvalidAuthorizedParties},
		"unknown, expired":                        {view: jwks.Snapshot{Set: remote, OnMissing: fetch}, key: stranger, changes: m{"exp": 1}, want: reason.TokenExpired},
		"unknown, expired, final":                 {view: jwks.Snapshot{Set: remote, OnMissing: final}, key: stranger, changes: m{"exp": 1}, want: reason.TokenExpired},
		"unknown, expired, unavailable":           {view: jwks.Snapshot{Set: remote, OnMissing: unavailable}, key: stranger, changes: m{"exp": 1}, want: reason.TokenExpired},
		"unknown, no exp":                         {view: jwks.Snapshot{Set: remote, OnMissing: fetch}, key: stranger, changes: m{"exp": nil}, want: reason.TokenVerificationFailed},
		"unknown, not active yet":                 {view: jwks.Snapshot{Set: remote, OnMissing: fetch}, key: stranger, changes: m{"nbf": 1_900_000_000}, want: reason.TokenNotActiveYet},
		"unknown, no sub: told after the fetch":   {view: jwks.Snapshot{Set: remote, OnMissing: fetch}, key: stranger, changes: m{"sub": nil}, want: reason.KeysUnavailable, wait: true},
		"unknown, future iat: after the fetch":    {view: jwks.Snapshot{Set: remote, OnMissing: fetch}, key: stranger, changes: m{"iat": 1_900_000_000}, want: reason.KeysUnavailable, wait: true},
		"no set, fetch":                           {view: jwks.Snapshot{OnMissing: fetch}, key: known, want: reason.KeysUnavailable, wait: true},
		"no set, fetch, no kid":                   {view: jwks.Snapshot{OnMissing: fetch}, key: known, header: noKID, want: reason.KeysUnavailable, wait: true},
		"no set, fetch, no kid but required":      {view: jwks.Snapshot{OnMissing: fetch}, key: known, header: noKID, requireKID: true, want: reason.TokenVerificationFailed},
		"no set, unavailable":                     {view: jwks.Snapshot{OnMissing: unavailable}, key: known, want: reason.KeysUnavailable},
		"no set, said to be final":                {view: jwks.Snapshot{OnMissing: final}, key: known, want: reason.KeysUnavailable},
		"no set, expired":                         {view: jwks.Snapshot{OnMissing: fetch}, key: known, changes: m{"exp": 1}, want: reason.TokenExpired},
		"no set, another issuer, no kid":          {view: jwks.Snapshot{OnMissing: fetch}, key: known, header: noKID, changes: m{"iss": "x"}, want: reason.TokenInvalidIssuer},
		"no set, another algorithm":               {view: jwks.Snapshot{OnMissing: fetch}, key: known, header: m{"alg": "none"}, want: reason.TokenInvalidAlgorithm},
		"a handshake token is no session token":   {view: jwks.Snapshot{Set: remote}, key: known, changes: m{"handshake": []string{}}, want: reason.TokenInvalid},
		"key of the header has no power": {view: jwks.Snapshot{Set: remote}, key: known.Impostor(), header: m{"jwk": jwttest.PublicJWK(known.Impostor()), "jku": "https://evil.example", "x5u": "https://evil.example"},
			want: reason.TokenInvalidSignature},
	} {
		t.Run(name, func(t *testing.T) {
			e := expect()
			e.RequireKeyID = row.requireKID
			token := jwttest.Sign(row.key, row.header, claims(row.changes))
			key, wait, got := e.Verify(mustParse(t, token), row.view, jwt.Go{}, now)
			if got != row.want || wait != row.wait {
				t.Errorf("%q, wait %v; want %q, %v", got.String(), wait, row.want.String(), row.wait)
			}
			if got == reason.None && key == nil {
				t.Error("no key")
			}
		})
	}
}

// TestAuthentic is for tokens whose claims are judged elsewhere.
func TestAuthentic(t *testing.T) {
	key := jwttest.NewKey(jwa.EdDSA, "a")
	view := jwks.Snapshot{Set: mustSet(t, jwttest.JWKSet(key), jwks.Remote), OnMissing: jwks.OnMissingFetch}
	e := expect()
	never := func() reason.Reason { t.Error("asked for the claims"); return reason.None }
	handshake := map[string]any{"handshake": []string{"a=b"}}
	if _, _, r := e.Authentic(mustParse(t, jwttest.Sign(key, nil, handshake)), view, jwt.Go{}, never); r != reason.None {
		t.Errorf("a handshake token: %q", r.String())
	}
	if _, _, r := e.Authentic(mustParse(t, jwttest.Tamper(jwttest.Sign(key, nil, handshake))), view, jwt.Go{}, never); r != reason.TokenInvalidSignature {
		t.Errorf("tampered: %q", r.String())
	}
	unknown := mustParse(t, jwttest.Sign(jwttest.NewKey(jwa.EdDSA, "b"), nil, handshake))
	for _, plausible := range []reason.Reason{reason.None, reason.TokenExpired} {
		_, wait, r := e.Authentic(unknown, view, jwt.Go{}, func() reason.Reason { return plausible })
		if wait != (plausible == reason.None) || (r == reason.KeysUnavailable) != wait || !wait && r != plausible {
			t.Errorf("unknown key, claims %q: %q, wait %v", plausible.String(), r.String(), wait)
		}
	}
}

// TestGoKeepsToTheKey: the verifier itself looks at what a key is for.
func TestGoKeepsToTheKey(t *testing.T) {
	key := jwttest.NewKey(jwa.RS256, "bound")
	bound := mustSet(t, jwttest.JWKSet(key), jwks.Remote).Keys[0]
	other := &jwttest.Key{Algorithm: jwa.PS256, Private: key.Private}
	const signed = "header.payload"
	if (jwt.Go{}).Verify(jwa.PS256, bound, signed, jwttest.Signature(other, signed)) {
		t.Error("a key for RS256 verifies PS256")
	}
	if !(jwt.Go{}).Verify(jwa.RS256, bound, signed, jwttest.Signature(key, signed)) {
		t.Error("a key for RS256 does not verify RS256")
	}
}
