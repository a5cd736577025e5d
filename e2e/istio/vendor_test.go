package istio

import (
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

// newIssuer is an issuer at the names that a vendor's files have as examples.
func newIssuer(t *testing.T, vendor idp.Vendor) *idp.Issuer {
	t.Helper()
	return issuers.Of(string(vendor))
}

// impostor signs in the name of such an issuer, with its key id and another key.
func impostor(t *testing.T, vendor idp.Vendor) *idp.Issuer {
	t.Helper()
	issuer := newIssuer(t, vendor)
	own := issuer.Key()
	issuer.Use(&idp.Key{ID: own.ID, Algorithm: own.Algorithm, Private: issuers.Stray().Private})
	return issuer
}

// bearer is an Authorization header with a session; claims replace its own.
func bearer(issuer *idp.Issuer, claims map[string]any) map[string]string {
	session := issuer.Session(time.Now())
	for name, value := range claims {
		session.Claims[name] = value
	}
	return map[string]string{"Authorization": "Bearer " + session.Token()}
}

// with adds headers to others.
func with(headers map[string]string, more map[string]string) map[string]string {
	for name, value := range more {
		headers[name] = value
	}
	return headers
}

// forged is what a client might try to say about itself.
var forged = map[string]string{
	"X-Identity-User-Id":  "user_forged",
	"X-Identity-Status":   "signed-in",
	"X-Identity-Org-Slug": "acme",
	"X-Identity-Org-Role": "org:admin",
}
