package backends

import (
	"fmt"
	"maps"
	"net/http"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// claims are changes to a session's claims.
type claims map[string]any

// expired is a session that ended a minute ago.
func expired() claims {
	return claims{"exp": time.Now().Add(-time.Minute).Unix()}
}

// issuers are the demo's, by vendor.
type issuers map[idp.Vendor]*idp.Issuer

// credential is how a request of the table says who it is.
type credential func(issuers) http.Header

// nothing is a request without a session.
func nothing(issuers) http.Header { return http.Header{} }

// bearer is a session of a vendor in the Authorization header.
func bearer(vendor idp.Vendor, changes claims) credential {
	return func(all issuers) http.Header {
		return http.Header{"Authorization": {"Bearer " + all.token(vendor, changes)}}
	}
}

// cookie is a session in the vendor's cookie.
func cookie(vendor idp.Vendor, changes claims) credential {
	return func(all issuers) http.Header {
		text := vendor.Cookie() + "=" + all.token(vendor, changes)
		if vendor == idp.Clerk {
			// Clerk's pages keep the time of the last sign-in beside the session.
			text += fmt.Sprintf("; __client_uat=%d", time.Now().Add(-time.Hour).Unix())
		}
		return http.Header{"Cookie": {text}}
	}
}

// with adds what a client may try beside its credential.
func with(c credential, names ...string) credential {
	return func(all issuers) http.Header {
		header := c(all)
		for i := 0; i < len(names); i += 2 {
			// Not Add: the spelling is the point.
			header[names[i]] = append(header[names[i]], names[i+1])
		}
		return header
	}
}

func (all issuers) token(vendor idp.Vendor, changes claims) string {
	session := all[vendor].Session(time.Now())
	maps.Copy(session.Claims, changes)
	return session.Token()
}

// known are issuers by vendor.
func known(all []*idp.Issuer) issuers {
	byVendor := issuers{}
	for _, issuer := range all {
		byVendor[issuer.Vendor] = issuer
	}
	return byVendor
}
