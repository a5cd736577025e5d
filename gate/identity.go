package gate

import (
	"strings"

	"github.com/sessiongate/sessiongate/jwt"
	"github.com/sessiongate/sessiongate/session"
)

// headerNames are the names of the identity headers, with their prefix.
type headerNames struct {
	status, reason, provider                string
	userID, sessionID                       string
	orgID, orgRole, orgSlug, orgPermissions string
	actor, name, email                      string
}

func namesWith(prefix string) headerNames {
	return headerNames{
		status: prefix + "status", reason: prefix + "reason", provider: prefix + "provider",
		userID: prefix + "user-id", sessionID: prefix + "session-id",
		orgID: prefix + "org-id", orgRole: prefix + "org-role", orgSlug: prefix + "org-slug",
		orgPermissions: prefix + "org-permissions",
		actor:          prefix + "actor", name: prefix + "name", email: prefix + "email",
	}
}

// identify writes who is calling to the request's headers, and to the filter
// state where that is asked for.
func (p *Policy) identify(d Decision, state *session.State) Decision {
	set := func(name, value string) {
		if value != "" {
			d.Edits = append(d.Edits, Edit{Op: Set, Name: name, Value: value})
		}
	}
	status := "signed-out"
	if state.Kind == session.SignedIn {
		status = "signed-in"
	}
	set(p.names.status, status)
	set(p.names.reason, d.Reason.String())
	if state.Kind == session.SignedIn {
		id := &state.Verified.Identity
		set(p.names.provider, state.Provider.Name)
		set(p.names.userID, encode(id.UserID))
		set(p.names.sessionID, encode(id.SessionID))
		set(p.names.orgID, encode(id.OrgID))
		set(p.names.orgRole, encode(id.OrgRole))
		set(p.names.orgSlug, encode(id.OrgSlug))
		set(p.names.orgPermissions, encodeList(id.OrgPermissions))
		set(p.names.actor, encode(id.Actor))
		set(p.names.name, encode(id.Name))
		set(p.names.email, encode(id.Email))
		for i := range state.Provider.ClaimHeaders {
			h := &state.Provider.ClaimHeaders[i]
			set(h.Header, claimValue(state.Verified, state.Provider, h.Claim))
		}
		if header := state.Provider.PayloadHeader; header != "" {
			set(header, payloadText(state.Verified.Parsed.Token))
		}
	}
	if p.FilterState {
		d.FilterState = filterState(d, state, status)
	}
	return d
}

// filterState are the properties that an access log prints with
// %FILTER_STATE(wasm.identity.status:PLAIN)% and the like.
func filterState(d Decision, state *session.State, status string) [][2]string {
	properties := [][2]string{{"identity.status", status}}
	add := func(name, value string) {
		if value != "" {
			properties = append(properties, [2]string{"identity." + name, value})
		}
	}
	add("reason", d.Reason.String())
	if state.Kind == session.SignedIn {
		id := &state.Verified.Identity
		add("provider", state.Provider.Name)
		add("user_id", encode(id.UserID))
		add("session_id", encode(id.SessionID))
		add("org_id", encode(id.OrgID))
	}
	return properties
}

// payloadText is the payload as it stands in the token, in base64url.
func payloadText(t jwt.Token) string {
	_, rest, _ := strings.Cut(string(t), ".")
	payload, _, _ := strings.Cut(rest, ".")
	return payload
}
