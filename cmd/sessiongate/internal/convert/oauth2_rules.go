package convert

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/yamltext"
)

// oauth2Rules writes the rules: routes without a session first, then those of
// programs, then the rest.
func (d *draft) oauth2Rules(s settings) {
	for _, name := range []string{"skip_auth_routes", "skip_auth_regex"} {
		for _, text := range s[name].values {
			r, ok := routeOf(text)
			if !ok {
				d.remark(&d.notes, s[name].at, true, "%s: %s has no equal and is left out; write a rule with auth: skip", name, oneLine(text))
				continue
			}
			each := rule{match: r.match(), need: need{skip: true}}
			if strings.HasSuffix(text, "$") && !strings.HasSuffix(text, "*$") {
				d.remark(&each.notes, s[name].at, false, "oauth2-proxy compared the query too: with a query, these paths needed a session")
			}
			d.rules = append(d.rules, each)
		}
	}
	last := rule{need: need{session: true}}
	d.oauth2Emails(&last, s)
	d.oauth2Groups(&last, s)
	if len(d.providers) > 1 && (emailClaim(s) != "email" || orDefault(s.one("oidc_groups_claim"), "groups") != "groups") && last.require != nil {
		d.remark(&last.notes, s["extra_jwt_issuers"].at, true, "tokens of extra_jwt_issuers have other claims for the email address and the groups: everything is refused here until you have decided")
		last.never = true
	}
	for _, text := range s["api_routes"].values {
		r, ok := routeOf(text)
		if !ok || r.negated || r.method != "" {
			d.remark(&d.notes, s["api_routes"].at, false, "api_routes: %s has no equal; write a rule with onFailure: deny, once there is a signInUrl", oneLine(text))
			continue
		}
		each := last
		each.notes, each.match, each.onFailure = nil, r.match(), "deny"
		d.rules = append(d.rules, each)
	}
	d.rules = append(d.rules, last)
}

// oauth2Emails asks for an address of the domains that may sign in.
func (d *draft) oauth2Emails(r *rule, s settings) {
	domains := s["email_domains"].values
	if slices.Contains(domains, "*") {
		return
	}
	var patterns []string
	for _, domain := range domains {
		domain = strings.ToLower(domain)
		if rest, is := strings.CutPrefix(domain, "*."); is {
			domain = "." + rest
		}
		switch {
		case strings.Contains(domain, "*"):
			d.remark(&r.notes, s["email_domains"].at, true, "email_domains: %s has no equal", oneLine(domain))
		case strings.HasPrefix(domain, "."):
			patterns = append(patterns, "*"+domain)
		default:
			patterns = append(patterns, "*@"+domain)
		}
	}
	if patterns == nil {
		d.remark(&r.notes, s["authenticated_emails_file"].at, true, "no email_domains: everything is refused here until you have decided")
		r.never = true
		return
	}
	r.require = append(r.require, condition{claim: nested(emailClaim(s)), values: patterns})
}

// oauth2Groups asks for one of the groups, or of Keycloak's roles. An
// oauth2-proxy takes either, and two conditions ask for both.
func (d *draft) oauth2Groups(r *rule, s settings) {
	groups, roles := s["allowed_groups"].values, s["allowed_roles"].values
	odd := func(value string) bool { return strings.ContainsAny(value, "*:") }
	switch {
	case len(groups)+len(roles) == 0:
	case len(groups) > 0 && len(roles) > 0, slices.ContainsFunc(roles, odd), slices.ContainsFunc(groups, func(g string) bool { return strings.Contains(g, "*") }):
		d.remark(&r.notes, s["allowed_roles"].at, true, "allowed_groups together with allowed_roles, or roles of a client, have no equal: everything is refused here until you have decided")
		r.never = true
	case len(groups) > 0:
		r.require = append(r.require, condition{claim: nested(orDefault(s.one("oidc_groups_claim"), "groups")), values: groups})
	default:
		r.require = append(r.require, condition{claim: nested("realm_access.roles"), values: roles})
	}
}

// nested is a claim's name as YAML. A name that is a URL has dots that divide
// nothing.
func nested(name string) string {
	if strings.Contains(name, "/") {
		return yamltext.List([]string{name})
	}
	return yamltext.Quote(name)
}
