package policy

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// headerNames are the names of the identity headers, with their prefix.
type headerNames struct {
	status, reason, provider                string
	userID, sessionID                       string
	orgID, orgRole, orgSlug, orgPermissions string
	plan, features                          string
	actor, name, email                      string
	kind, clientID, machineID, scopes       string
}

func namesWith(prefix string) headerNames {
	return headerNames{
		status: prefix + "status", reason: prefix + "reason", provider: prefix + "provider",
		userID: prefix + "user-id", sessionID: prefix + "session-id",
		orgID: prefix + "org-id", orgRole: prefix + "org-role", orgSlug: prefix + "org-slug",
		orgPermissions: prefix + "org-permissions",
		plan:           prefix + "plan", features: prefix + "features",
		actor: prefix + "actor", name: prefix + "name", email: prefix + "email",
		kind: prefix + "kind", clientID: prefix + "client-id", machineID: prefix + "machine-id", scopes: prefix + "scopes",
	}
}

// IdentityHeaders are the names of all headers that say who is calling, with
// their prefix.
func IdentityHeaders(prefix string) []string {
	n := namesWith(prefix)
	return []string{
		n.status, n.reason, n.provider, n.userID, n.sessionID,
		n.orgID, n.orgRole, n.orgSlug, n.orgPermissions, n.plan, n.features, n.actor, n.name, n.email,
		n.kind, n.clientID, n.machineID, n.scopes,
	}
}

// Values of the status header.
const (
	signedIn  = "signed-in"
	signedOut = "signed-out"
)

// identity is the lines that say who is calling, and the name of the one that
// holds a payload. They are added: whatever the client sent under their names has
// been removed.
func (p *Policy) identity(state *session.State, why reason.Reason) (lines [][2]string, payload string) {
	if state.Kind != session.SignedIn {
		return p.nobody[why], ""
	}
	lines = state.Verified.Headers
	if why != reason.None {
		lines = slices.Insert(slices.Clone(lines), 1, [2]string{p.names.reason, why.String()})
	}
	return lines, state.Provider.PayloadHeader
}

// nobodyHeaders are the headers of requests that are not signed in, by reason.
func nobodyHeaders(names headerNames) [][][2]string {
	headers := [][][2]string{reason.None: {{names.status, signedOut}}}
	for _, why := range reason.All() {
		headers = append(headers, [][2]string{{names.status, signedOut}, {names.reason, why.String()}})
	}
	return headers
}

// filled appends those of some lines that have a value.
func filled(lines [][2]string, more ...[2]string) [][2]string {
	for _, line := range more {
		if line[1] != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// identityHeaders appends those that a verified token gives, as filled does, but
// one by one: to list them all first costs every new token.
func (p *Policy) identityHeaders(headers [][2]string, provider *session.Provider, v *session.Verified) [][2]string {
	add := func(name, value string) {
		if value != "" {
			headers = append(headers, [2]string{name, value})
		}
	}
	id := v.Identity
	add(p.names.status, signedIn)
	add(p.names.provider, provider.Name)
	add(p.names.kind, provider.KindOf(v))
	add(p.names.userID, encode(id.UserID))
	add(p.names.sessionID, encode(id.SessionID))
	add(p.names.orgID, encode(id.OrgID))
	add(p.names.orgRole, encode(id.OrgRole))
	add(p.names.orgSlug, encode(id.OrgSlug))
	add(p.names.orgPermissions, encodeList(id.OrgPermissions))
	if id.Billing != nil {
		add(p.names.plan, encodeList(id.Billing.Plans.All))
		add(p.names.features, encodeList(id.Billing.Features.All))
	}
	add(p.names.actor, encode(id.Actor))
	add(p.names.name, encode(id.Name))
	add(p.names.email, encode(id.Email))
	add(p.names.clientID, encode(id.ClientID))
	add(p.names.machineID, encode(id.MachineID))
	add(p.names.scopes, encodeList(id.Scopes))
	if !provider.IsIssuersWord(v) {
		return headers
	}
	for _, h := range provider.ClaimHeaders {
		add(h.Header, claimValue(v, provider, h.Claim))
	}
	if provider.PayloadHeader != "" {
		add(provider.PayloadHeader, payloadText(v.Token))
	}
	return headers
}

// filterState are the properties that an access log prints with
// %FILTER_STATE(wasm.identity.status:PLAIN)% and the like, where that is asked for.
func (p *Policy) filterState(d *Decision, state *session.State) [][2]string {
	if !p.FilterState {
		return nil
	}
	status := signedOut
	if state.Kind == session.SignedIn {
		status = signedIn
	}
	properties := filled(make([][2]string, 0, 9),
		[2]string{"identity.status", status},
		[2]string{"identity.reason", d.Reason.String()},
		[2]string{"identity.rule", d.Rule})
	if state.Kind != session.SignedIn {
		return properties
	}
	id := state.Verified.Identity
	return filled(properties,
		[2]string{"identity.provider", state.Provider.Name},
		[2]string{"identity.kind", state.Provider.KindOf(state.Verified)},
		[2]string{"identity.user_id", encode(id.UserID)},
		[2]string{"identity.session_id", encode(id.SessionID)},
		[2]string{"identity.org_id", encode(id.OrgID)},
		[2]string{"identity.actor", encode(id.Actor)})
}

// payloadText is the payload as it stands in the token, in base64url.
func payloadText(t jwt.Token) string {
	_, rest, _ := strings.Cut(string(t), ".")
	payload, _, _ := strings.Cut(rest, ".")
	return payload
}
