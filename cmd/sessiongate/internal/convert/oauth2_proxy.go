package convert

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/yamltext"
)

// Options of oauth2-proxy 7 (pkg/apis/options) that ask for nothing here: those
// about signing in, and those of its own server. An entry that ends in "_"
// stands for all names that begin so.
var (
	aboutSigningIn = []string{"cookie_", "redis_", "session_", "client_secret", "client_secret_file", "redirect_url", "relative_redirect_url", "login_url", "redeem_url",
		"profile_url", "validate_url", "scope", "prompt", "approval_prompt", "code_challenge_method", "force_code_challenge_method", "acr_values", "whitelist_domains",
		"skip_provider_button", "provider_display_name", "custom_", "banner", "footer", "display_htpasswd_form", "backend_logout_url", "insecure_oidc_skip_nonce",
		"skip_claims_from_profile_url", "encode_state", "proxy_prefix", "jwt_key", "jwt_key_file", "pubjwk_url", "resource", "show_debug_on_error", "skip_oidc_discovery"}
	ofTheServer = []string{"http_address", "https_address", "tls_", "metrics_", "upstreams", "upstream_timeout", "flush_interval", "pass_host_header", "proxy_websockets",
		"ssl_", "logging_", "auth_logging", "auth_logging_format", "standard_logging", "standard_logging_format", "request_logging", "request_logging_format",
		"exclude_logging_paths", "errors_to_info_log", "silence_ping_logging", "reverse_proxy", "real_client_ip_header", "request_id_header", "ping_path", "ping_user_agent",
		"ready_path", "gcp_healthchecks", "force_https", "provider_ca_files", "use_system_trust_store", "allow_query_semicolons", "force_json_errors",
		"skip_auth_strip_headers", "signature_key"}
	converted = []string{"provider", "oidc_issuer_url", "client_id", "oidc_jwks_url", "oidc_extra_audiences", "oidc_audience_claims", "extra_jwt_issuers",
		"skip_jwt_bearer_tokens", "email_domains", "oidc_email_claim", "user_id_claim", "insecure_oidc_allow_unverified_email", "allowed_groups", "oidc_groups_claim",
		"allowed_roles", "skip_auth_routes", "skip_auth_regex", "api_routes", "skip_auth_preflight", "set_xauthrequest", "pass_user_headers", "pass_basic_auth",
		"prefer_email_to_user"}
	// wider let requests pass that are refused here.
	wider = []string{"trusted_ips", "htpasswd_file", "htpasswd_user_groups", "authenticated_emails_file", "insecure_oidc_skip_issuer_verification", "config"}
	// sent are what the backend does not get here.
	sent = []string{"pass_access_token", "set_basic_auth", "basic_auth_password", "set_authorization_header", "pass_authorization_header"}
)

// among reports whether a list has a name.
func among(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return n == name || strings.HasSuffix(n, "_") && strings.HasPrefix(name, n) })
}

// findOptions converts the options of an oauth2-proxy in a Kubernetes resource
// or a compose file, if there are any.
func (d *draft) findOptions(document *tree.Node) error {
	s, err := findFlags(document)
	if err != nil || !slices.ContainsFunc([]string{"oidc_issuer_url", "cookie_secret", "cookie_secret_file", "email_domains", "skip_jwt_bearer_tokens"}, func(name string) bool { return s[name].values != nil }) {
		return err
	}
	return d.oauth2Proxy(s)
}

// oauth2Proxy converts the options of an oauth2-proxy that answers ext_authz.
func (d *draft) oauth2Proxy(s settings) error {
	if s.one("oidc_issuer_url") == "" {
		return errors.New("no oidc_issuer_url: without one, an oauth2-proxy keeps sessions of its own, and this filter verifies tokens of an issuer")
	}
	d.remark(&d.notes, s["cookie_name"].at, true, "oauth2-proxy signs in by itself, and this filter does not: it does not read the cookie %s, and users sign in at the issuer's own pages",
		oneLine(orDefault(s.one("cookie_name"), "_oauth2_proxy")))
	d.remark(&d.notes, s["login_url"].at, false, "write the page where users sign in as signInUrl; without it documents get a 401 too")
	if !s.on("skip_jwt_bearer_tokens") {
		d.remark(&d.notes, s["skip_jwt_bearer_tokens"].at, true, "skip_jwt_bearer_tokens is off: oauth2-proxy accepted no bearer tokens; this filter accepts tokens of the issuer")
	}
	p := provider{name: nameOf(s.one("oidc_issuer_url")), issuer: s.one("oidc_issuer_url")}
	p.field("issuer", yamltext.Scalar(p.issuer))
	p.field("audiences", yamltext.List(append(slices.Clone(s["client_id"].values), s["oidc_extra_audiences"].values...)))
	if uri := s.one("oidc_jwks_url"); uri != "" {
		p.field("jwksUri", yamltext.Scalar(uri))
	} else {
		d.discovered(&p)
	}
	d.oauth2Outputs(&p, s)
	d.oauth2Narrow(&p, s)
	d.addProvider(p)
	for _, text := range s["extra_jwt_issuers"].values {
		issuer, audience, _ := strings.Cut(text, "=")
		p := provider{name: nameOf(issuer), issuer: issuer, unknown: p.unknown}
		p.field("issuer", yamltext.Scalar(issuer))
		p.field("audiences", yamltext.List(append([]string{audience}, s["oidc_extra_audiences"].values...)))
		d.discovered(&p)
		d.oauth2Outputs(&p, s)
		d.oauth2Tokens(&p, p.unknown != nil, true)
		d.addProvider(p)
	}
	if !s.on("skip_auth_preflight") {
		d.top = append(d.top, "bypassCorsPreflight: false # as it was; browsers send preflights without a token")
	}
	d.oauth2Rules(s)
	return nil
}

// discovered notes that the keys are found by way of the issuer.
func (d *draft) discovered(p *provider) {
	d.remark(&p.notes, tree.Place{}, true, "oauth2-proxy finds the keys in %s/.well-known/openid-configuration; look up jwks_uri there, and write it as jwksUri", oneLine(strings.TrimSuffix(p.issuer, "/")))
}

func orDefault(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// oauth2Outputs writes the headers that the backend gets.
func (d *draft) oauth2Outputs(p *provider, s settings) {
	var list []string
	add := func(prefix, user string) {
		for _, h := range [][2]string{{"user", user}, {"email", emailClaim(s)}, {"groups", orDefault(s.one("oidc_groups_claim"), "groups")}, {"preferred-username", "preferred_username"}} {
			list = append(list, "{header: "+prefix+h[0]+", claim: "+nested(h[1])+"}")
		}
	}
	if s.on("set_xauthrequest") {
		add("x-auth-request-", "sub")
	}
	upstreams := slices.ContainsFunc(s["upstreams"].values, func(u string) bool { return !strings.HasPrefix(u, "static://") })
	if upstreams && (s.one("pass_user_headers") != "false" || s.one("pass_basic_auth") != "false") {
		user := "sub"
		if s.on("prefer_email_to_user") {
			user = emailClaim(s)
		}
		add("x-forwarded-", user)
	}
	if list != nil {
		p.field("outputClaimToHeaders", "["+strings.Join(list, ", ")+"]")
	}
	p.field("forwardOriginalToken", "true # as it was; without it the backend gets no token")
}

func emailClaim(s settings) string {
	return orDefault(s.one("oidc_email_claim"), orDefault(s.one("user_id_claim"), "email"))
}

// oauth2Narrow notes the options that have no equal, and refuses every token
// where one of them may narrow who gets in.
func (d *draft) oauth2Narrow(p *provider, s settings) {
	for _, name := range slices.Sorted(maps.Keys(s)) {
		switch {
		case among(aboutSigningIn, name), among(ofTheServer, name), among(converted, name):
		case among(wider, name), among(sent, name):
			d.remark(&p.notes, s[name].at, true, "%s has no equal", oneLine(name))
		default:
			d.remark(&p.notes, s[name].at, true, "%s has no equal", oneLine(name))
			p.unknown = append(p.unknown, name)
		}
	}
	switch claims := s["oidc_audience_claims"].values; {
	case len(claims) == 0, len(claims) == 1 && claims[0] == "aud":
	default:
		d.remark(&p.notes, s["oidc_audience_claims"].at, true, "oidc_audience_claims has no equal; write requiredClaims")
		p.unknown = append(p.unknown, "oidc_audience_claims")
	}
	d.oauth2Tokens(p, p.unknown != nil, emailClaim(s) == "email" && !s.on("insecure_oidc_allow_unverified_email"))
}

// oauth2Tokens writes which tokens a provider takes.
func (d *draft) oauth2Tokens(p *provider, refuse, verified bool) {
	switch {
	case refuse:
		d.refuseAll(p, tree.Place{})
	case verified:
		p.field("requiredClaims", `[{claim: email_verified, notValues: ["false"]}]`)
	}
}
