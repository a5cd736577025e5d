package clerk

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/session"
)

// billing reads the plans and features of the user and of the organisation, as
// has() of @clerk/backend 3.25.0 does (checkForFeatureOrPlan and splitByScope in
// authorization.mjs of @clerk/shared 4.41.0).
func billing(c session.Claims, id *session.Identity) {
	plans, features := c.Text("pla"), c.Text("fea")
	if plans == "" && features == "" {
		return
	}
	id.Billing = new(session.Billing)
	space := make([]string, 3*(parts(plans)+parts(features))) // for all lists at once
	id.Billing.Plans, space = entitlements(plans, space)
	id.Billing.Features, _ = entitlements(features, space)
}

// parts is how many parts a claim has.
func parts(claim string) int {
	if claim == "" {
		return 0
	}
	return strings.Count(claim, ",") + 1
}

// entitlements reads "o:gold,u:pro,ou:basic": each part has a scope, of the
// organisation (o), the user (u) or both, and a name. A part without a colon
// makes the whole claim void. The lists are made of space, of which the rest is
// returned.
func entitlements(claim string, space []string) (e session.Entitlements, rest []string) {
	n := parts(claim)
	e = session.Entitlements{All: space[:0:n], User: space[n : n : 2*n], Org: space[2*n : 2*n : 3*n]}
	rest = space[3*n:]
	for part := range strings.SplitSeq(claim, ",") {
		scope, name, ok := strings.Cut(strings.TrimFunc(part, isScriptSpace), ":")
		if !ok {
			return session.Entitlements{}, rest
		}
		switch scope {
		case "o":
			e.Org = append(e.Org, name)
		case "u":
			e.User = append(e.User, name)
		case "ou", "uo":
			e.Org = append(e.Org, name)
			e.User = append(e.User, name)
		default:
			continue
		}
		e.All = append(e.All, name)
	}
	return e, rest
}

// isScriptSpace reports whether String.prototype.trim of ECMAScript takes a
// letter away.
func isScriptSpace(r rune) bool {
	return 0x2000 <= r && r <= 0x200a || strings.ContainsRune("\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff", r)
}

// entitled finds plans and features by the names that conditions use.
func entitled(b *session.Billing, name string) (texts []string, known bool) {
	if b == nil {
		b = new(session.Billing)
	}
	switch name {
	case "plan":
		return b.Plans.All, true
	case "user_plan":
		return b.Plans.User, true
	case "org_plan":
		return b.Plans.Org, true
	case "feature":
		return b.Features.All, true
	case "user_feature":
		return b.Features.User, true
	case "org_feature":
		return b.Features.Org, true
	}
	return nil, false
}

// scopes are what has() takes for a scope, as the names of claims have it.
var scopes = map[string]string{"o": "org_", "org": "org_", "organization": "org_", "u": "user_", "user": "user_"}

// WrongValue says what is wrong with a value that a claim is compared with;
// empty if nothing is. has() takes "org:gold" for a plan of the organisation,
// which a condition names by its claim.
func WrongValue(name, value string) string {
	if _, known := entitled(nil, name); !known {
		return ""
	}
	scope, rest, scoped := strings.Cut(value, ":")
	if !scoped {
		return ""
	}
	own := scopes[scope] + name[strings.LastIndexByte(name, '_')+1:] // without its scope
	return "has a scope; write {\"claim\": \"" + own + "\", \"values\": [\"" + rest + "\"]}"
}
