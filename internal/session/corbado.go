package session

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// corbado names its users in the token and has no sessions ids, organisations
// or authorized parties.
var corbado = Vendor{
	Name:       "corbado",
	Fields:     []string{"projectId", "frontendApi"},
	algorithms: jwa.SetOf(jwa.RS256),
	types:      []string{"jwt"},
	cookies:    []string{"cbo_session_token"},
	forwards:   true,
	prepare: func(s *Settings) (instance, problem.List) {
		return nil, prepareCorbado(s)
	},
	identity: func(c claims, id *Identity) {
		id.Name = c.text("name")
		id.Email = c.text("email")
	},
	nothing: reason.TokenMissing,
}

// prepareCorbado derives the issuers, the key set's URL and the header of its
// fetch from the project's id. A project with a CNAME of its own has its
// Frontend API there; tokens may name any of the three issuers.
func prepareCorbado(s *Settings) problem.List {
	own := strings.TrimSuffix(s.FrontendAPI, "/")
	if own != "" && !strings.Contains(own, "://") {
		own = "https://" + own
	}
	if s.ProjectID == "" {
		if len(s.Issuers) == 0 || s.InlineKeys == nil && s.JWKSURI == "" {
			return problem.List{{Path: "projectId", Message: "missing; write the id of the Corbado project, such as \"pro-123\""}}
		}
		return nil
	}
	if !strings.HasPrefix(s.ProjectID, "pro-") || !isLabel(s.ProjectID) {
		return problem.List{{Path: "projectId", Message: "not the id of a Corbado project; write it as the console shows it, such as \"pro-123\""}}
	}
	cloud := "https://" + s.ProjectID + ".frontendapi.cloud.corbado.io"
	if s.Issuers == nil {
		s.Issuers = []string{"https://" + s.ProjectID + ".frontendapi.corbado.io", cloud}
		if own != "" && own != cloud {
			s.Issuers = append(s.Issuers, own)
		}
	}
	if s.InlineKeys != nil {
		return nil
	}
	if own == "" {
		own = cloud
	}
	if s.JWKSURI == "" {
		s.JWKSURI = own + "/.well-known/jwks"
	}
	if s.JWKSHeaders == nil {
		s.JWKSHeaders = [][2]string{{"x-corbado-projectid", s.ProjectID}}
	}
	return nil
}
