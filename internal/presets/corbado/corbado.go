// Package corbado is the preset of Corbado. It gives the answers that users of
// @corbado/node-sdk 3.0 rely on.
package corbado

import (
	"cmp"
	"strings"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Preset has users with names in their tokens, and no session ids, organisations or
// authorized parties.
var Preset = session.Preset{
	Name:       "corbado",
	Fields:     []string{"projectId", "frontendApi"},
	Algorithms: jwa.SetOf(jwa.RS256),
	Types:      []string{"jwt"},
	Cookies:    []string{"cbo_session_token"},
	Forwards:   true,
	Prepare:    func(s *session.Settings) (session.Instance, problem.List) { return nil, prepare(s) },
	Identity: func(c session.Claims, id *session.Identity) {
		id.Name = c.Text("name")
		id.Email = c.Text("email")
	},
	Nothing: reason.TokenMissing,
}

// prepare derives the issuers, the key set's URL and the header of its fetch from
// the project's id. A project with a CNAME of its own has its
// Frontend API there; tokens may name any of the three issuers.
func prepare(s *session.Settings) problem.List {
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
	if !strings.HasPrefix(s.ProjectID, "pro-") || !session.IsLabel(s.ProjectID) {
		return problem.List{{Path: "projectId", Message: "not the id of a Corbado project; write it as the console shows it, such as \"pro-123\""}}
	}
	cloud := "https://" + s.ProjectID + ".frontendapi.cloud.corbado.io"
	own = cmp.Or(own, cloud)
	if s.Issuers == nil {
		s.Issuers = []string{"https://" + s.ProjectID + ".frontendapi.corbado.io", cloud}
		if own != cloud {
			s.Issuers = append(s.Issuers, own)
		}
	}
	if s.InlineKeys != nil {
		return nil
	}
	s.JWKSURI = cmp.Or(s.JWKSURI, own+"/.well-known/jwks")
	if s.JWKSHeaders == nil {
		s.JWKSHeaders = [][2]string{{"x-corbado-projectid", s.ProjectID}}
	}
	return nil
}
