package lint

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// discoveryDocuments finds a jwksUri that leads to the document in which the
// issuer says where its keys are.
func discoveryDocuments(s *subject) {
	for i, provider := range s.providers() {
		uri, _, _ := strings.Cut(provider.Get("jwksUri").Str(), "?")
		// Some issuers have their keys below the document: .../openid-configuration/jwks.
		if !strings.HasSuffix(strings.TrimSuffix(uri, "/"), "/.well-known/openid-configuration") && !strings.HasSuffix(uri, "/.well-known/oauth-authorization-server") {
			continue
		}
		s.suspect(s.in("providers", i, "jwksUri"), "discovery-documents", problem.Quote(uri[max(0, len(uri)-problem.MaxQuoted):])+
			" is the issuer's discovery document, which holds no keys; open it, and write the URL of its \"jwks_uri\"")
	}
}
