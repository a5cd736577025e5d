package idp

import (
	"crypto/sha1"
	"encoding/base64"
	"slices"
	"strings"
	"time"
)

// Vendor is whose tokens an issuer mints.
type Vendor string

// The vendors, and an issuer of plain JWTs.
const (
	Clerk      Vendor = "clerk"
	OneAuxilia Vendor = "oneauxilia"
	Corbado    Vendor = "corbado"
	Plain      Vendor = "plain"
)

// NewClerk is a Clerk instance with its Frontend API at a host. The key id is
// the instance's. Like the others it signs with the first of keys and publishes
// all of them; without any it makes itself an RSA key.
func NewClerk(host string, production bool, keys ...*Key) (*Issuer, error) {
	prefix := "pk_test_"
	if production {
		prefix = "pk_live_"
	}
	return newIssuer(&Issuer{
		Vendor: Clerk, Host: host, URL: "https://" + host,
		PublishableKey:  prefix + base64.StdEncoding.EncodeToString([]byte(host+"$")),
		AuthorizedParty: "https://app.example.com",
	}, keys)
}

// CookieSuffix is what Clerk appends to the names of its cookies, after an
// underscore.
func (i *Issuer) CookieSuffix() string {
	sum := sha1.Sum([]byte(i.PublishableKey))
	return base64.URLEncoding.EncodeToString(sum[:])[:8]
}

// NewOneAuxilia is a OneAuxilia site.
func NewOneAuxilia(host string, keys ...*Key) (*Issuer, error) {
	return newIssuer(&Issuer{
		Vendor: OneAuxilia, Host: host, URL: "https://" + host, AuthorizedParty: "https://app.example.com",
	}, keys)
}

// NewCorbado is a Corbado project, at Corbado's own host names.
func NewCorbado(projectID string, keys ...*Key) (*Issuer, error) {
	return newIssuer(&Issuer{
		Vendor: Corbado, Host: projectID + ".frontendapi.cloud.corbado.io",
		URL: "https://" + projectID + ".frontendapi.corbado.io", ProjectID: projectID,
	}, keys)
}

// NewPlain is an issuer of JWTs without a vendor's habits.
func NewPlain(host string, keys ...*Key) (*Issuer, error) {
	return newIssuer(&Issuer{Vendor: Plain, Host: host, URL: "https://" + host}, keys)
}

func newIssuer(i *Issuer, keys []*Key) (*Issuer, error) {
	if len(keys) == 0 {
		label, _, _ := strings.Cut(i.Host, ".")
		key, err := NewKey("key_"+string(i.Vendor)+"_"+label, "RS256")
		if err != nil {
			return nil, err
		}
		keys = []*Key{key}
	}
	i.published, i.signing = slices.Clone(keys), keys[0]
	return i, nil
}

// KeysPath is where the vendor serves its key set.
func (v Vendor) KeysPath() string {
	if v == Corbado {
		return "/.well-known/jwks"
	}
	return "/.well-known/jwks.json"
}

// Cookie is the name of the vendor's session cookie (without a suffix).
func (v Vendor) Cookie() string {
	switch v {
	case Corbado:
		return "cbo_session_token"
	case Plain:
		return "session"
	}
	return "__session"
}

// Lifetime is how long the vendor's session tokens live.
func (v Vendor) Lifetime() time.Duration {
	if v == Clerk || v == OneAuxilia {
		return time.Minute
	}
	return 5 * time.Minute
}

// sessionCategory is Clerk's token category of sessions ("cat").
const sessionCategory = "cl_B7d4PD111AAA"

func (v Vendor) header() map[string]any {
	if v == Clerk {
		return map[string]any{"cat": sessionCategory}
	}
	return nil
}

// claims are those of a signed-in user, without iss and azp.
func (v Vendor) claims(now time.Time) map[string]any {
	claims := map[string]any{
		"iat": now.Unix(),
		"exp": now.Add(v.Lifetime()).Unix(),
	}
	switch v {
	case Clerk: // version 2
		claims["v"] = 2
		claims["sub"], claims["sid"] = "user_clerk", "sess_clerk"
		claims["nbf"] = now.Add(-10 * time.Second).Unix()
		claims["jti"] = "c1e4c1e4"
		claims["fva"] = []int{0, -1}
		claims["sts"] = "active"
		claims["fea"] = "o:dashboard,o:teams"
		claims["o"] = map[string]any{"id": "org_clerk", "slg": "acme", "rol": "admin", "per": "manage,read", "fpm": "3,2"}
	case OneAuxilia: // the shape of Clerk's version 1
		claims["sub"], claims["sid"] = "user_oneauxilia", "sess_oneauxilia"
		claims["nbf"] = now.Add(-10 * time.Second).Unix()
		claims["org_id"], claims["org_role"], claims["org_slug"] = "org_oneauxilia", "org:member", "umbrella"
		claims["org_permissions"] = []string{"org:teams:read"}
	case Corbado:
		claims["sub"] = "usr-corbado"
		claims["nbf"] = now.Add(-10 * time.Second).Unix()
		claims["name"], claims["email"] = "Ada Example", "ada@example.com"
		claims["phone_number"], claims["orig"] = "", "ada@example.com"
		claims["jti"], claims["version"] = "jti-corbado", 2
	default:
		claims["sub"] = "user_plain"
	}
	return claims
}
