package assertion

import (
	"strconv"

	"github.com/sessiongate/sessiongate/internal/jsonout"
)

// Claims are what an assertion says, apart from its issuer and times. What is
// empty is left out.
type Claims struct {
	Audience string
	Provider string
	ID       string // of the user or machine: see Settings.Subject

	SessionID, Kind         string
	OrgID, OrgRole, OrgSlug string
	OrgPermissions          []string
	Actor, Name, Email      string
}

// appendClaims appends the claims as a JSON object. Their texts are valid UTF-8:
// they come out of the configuration, or out of a token that strictjson has read.
func (s *Settings) appendClaims(b []byte, c *Claims, p period) []byte {
	subject := c.ID
	if c.ID != "" && s.Subject == ProviderAndID {
		subject = c.Provider + "|" + c.ID
	}
	b = strconv.AppendInt(append(b, `{"iat":`...), p.issued, 10)
	b = strconv.AppendInt(append(b, `,"exp":`...), p.expires, 10)
	for _, member := range [...][2]string{
		{"iss", s.Issuer}, {"aud", c.Audience}, {"sub", subject},
		{"sid", c.SessionID}, {"provider", c.Provider}, {"kind", c.Kind},
		{"org_id", c.OrgID}, {"org_role", c.OrgRole}, {"org_slug", c.OrgSlug},
		{"actor", c.Actor}, {"name", c.Name}, {"email", c.Email},
	} {
		b = jsonout.AppendMember(b, member[0], member[1])
	}
	return append(jsonout.AppendList(b, "org_permissions", c.OrgPermissions), '}')
}
