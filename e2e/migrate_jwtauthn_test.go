package e2e

import (
	"net/http"
	"testing"
)

// jwtAuthnRows are requests to the files of docs/migrate-from-jwt-authn.md. The
// table of that page has those that are answered in two ways, under these names.
var jwtAuthnRows = map[string]peerRow{
	"a good token":                         {"GET /\nAuthorization: Bearer {plain aud=my-app}", 200, 200, false},
	"a good token as a parameter":          {"GET /?access_token={plain aud=my-app}", 200, 200, false},
	"one of several audiences":             {`GET /` + "\n" + `Authorization: Bearer {plain aud:=["other","my-app"]}`, 200, 200, false},
	"no token":                             {"GET /", 401, 401, false},
	"a text that is not a token":           {"GET /\nAuthorization: Bearer abc", 401, 401, false},
	"an expired token":                     {"GET /\nAuthorization: Bearer {plain aud=my-app exp=-10m}", 401, 401, false},
	"another issuer":                       {"GET /\nAuthorization: Bearer {plain aud=my-app iss=https://other.example}", 401, 401, false},
	"another signature":                    {"GET /\nAuthorization: Bearer {plain aud=my-app tamper=signature}", 401, 401, false},
	"an unknown key":                       {"GET /\nAuthorization: Bearer {plain aud=my-app key=stray header.kid=stray}", 401, 401, false},
	"a token that is not valid yet":        {"GET /\nAuthorization: Bearer {plain aud=my-app nbf=10m}", 401, 401, false},
	"a path without a rule for it, open":   {"GET /healthz", 200, 200, false},
	"that path with a bad token":           {"GET /healthz\nAuthorization: Bearer abc", 200, 200, false},
	"that path with a query":               {"GET /healthz?a=b", 200, 200, false},
	"what begins like that path":           {"GET /healthzz", 401, 401, false},
	"an optional path, no token":           {"GET /shop/1", 200, 200, false},
	"an optional path, a good token":       {"GET /shop\nAuthorization: Bearer {plain aud=my-app}", 200, 200, false},
	"what begins like an optional path":    {"GET /shopping", 401, 401, false},
	"/admin without a token":               {"GET /admin", 401, 401, false},
	"/admin without the role":              {"GET /admin\nAuthorization: Bearer {plain aud=my-app}", 403, 403, false},
	"/admin with another role":             {`GET /admin` + "\n" + `Authorization: Bearer {plain aud=my-app roles:=["user"]}`, 403, 403, false},
	"/admin with the role":                 {`GET /admin` + "\n" + `Authorization: Bearer {plain aud=my-app roles:=["user","admin"]}`, 200, 200, false},
	"below /admin without the role":        {"GET /admin/x\nAuthorization: Bearer {plain aud=my-app}", 403, 403, false},
	"/admin by way of an open path":        {"GET /healthz/../admin\nAuthorization: Bearer {plain aud=my-app}", 403, 403, false},
	"a preflight":                          {"OPTIONS /\nOrigin: https://app.example.com\nAccess-Control-Request-Method: GET", 401, 401, false},
	"another audience":                     {"GET /\nAuthorization: Bearer {plain aud=other}", 403, 401, false},
	"a token that ended 30 s ago":          {"GET /\nAuthorization: Bearer {plain aud=my-app exp=-30s}", 200, 401, false},
	"a token that begins in 30 s":          {"GET /\nAuthorization: Bearer {plain aud=my-app nbf=30s}", 200, 401, false},
	"a token without `exp`":                {"GET /\nAuthorization: Bearer {plain aud=my-app -exp}", 200, 401, false},
	"a token without `sub`":                {"GET /\nAuthorization: Bearer {plain aud=my-app -sub}", 200, 401, false},
	"an expired token on an optional path": {"GET /shop\nAuthorization: Bearer {plain aud=my-app exp=-10m}", 401, 200, true},
	"`bearer` in lower case":               {"GET /\nAuthorization: bearer {plain aud=my-app}", 401, 200, false},
	"a good header, a bad parameter":       {"GET /?access_token=abc\nAuthorization: Bearer {plain aud=my-app}", 401, 200, true},
	"`/ADMIN` without the role":            {"GET /ADMIN\nAuthorization: Bearer {plain aud=my-app}", 200, 403, false},
	"`/x/..%2fadmin` without the role":     {"GET /x/..%2fadmin\nAuthorization: Bearer {plain aud=my-app}", 200, 403, false},
	"`roles` as one text":                  {"GET /admin\nAuthorization: Bearer {plain aud=my-app roles=admin}", 403, 200, false},
}

// TestMigrateFromJwtAuthn follows the page, runs each of its files in Envoy, and
// sends the same requests to all of them.
func TestMigrateFromJwtAuthn(t *testing.T) {
	m := runMigration(t, "migrate-from-jwt-authn.md")
	clusters := startPeers(t)
	wants := map[string]func(peerRow) int{
		"envoy.yaml": func(r peerRow) int { return r.theirs },
		"trial.yaml": func(r peerRow) int { return r.theirs },
		"both.yaml": func(r peerRow) int {
			if r.ours != http.StatusOK || r.removed {
				return r.ours
			}
			return r.theirs
		},
		"after.yaml": func(r peerRow) int { return r.ours },
	}
	for name, want := range wants {
		t.Run(name, func(t *testing.T) {
			e := m.startEnvoy(t, name, clusters)
			sendPeerRows(t, e, jwtAuthnRows, want)
			if name == "trial.yaml" {
				m.compare(t, e, jwtAuthnRows)
			}
		})
	}
	checkDifferences(t, "migrate-from-jwt-authn.md", jwtAuthnRows)
}
