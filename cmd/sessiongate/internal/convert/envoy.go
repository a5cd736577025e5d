package convert

import (
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/yamltext"
)

// jwtAuthn converts the configuration of Envoy's filter of that name.
func (d *draft) jwtAuthn(n *tree.Node) {
	d.unknown(&d.notes, n, "@type", "providers", "rules", "requirement_map", "requirementMap", "bypass_cors_preflight", "bypassCorsPreflight",
		"strip_failure_response", "stripFailureResponse", "stat_prefix", "statPrefix")
	named := map[string]string{}
	providers := n.Get("providers")
	if providers != nil {
		for _, m := range providers.Members {
			d.envoyProvider(m.Name, m.Value)
			named[m.Name] = d.providers[len(d.providers)-1].name
		}
	}
	if !n.Get("bypass_cors_preflight", "bypassCorsPreflight").IsTrue() {
		d.top = append(d.top, "bypassCorsPreflight: false # as it was; browsers send preflights without a token")
	}
	if n.Get("strip_failure_response", "stripFailureResponse").IsTrue() {
		d.top = append(d.top, "problemDetails: false")
	}
	e := envoyRules{d, named, n.Get("requirement_map", "requirementMap")}
	open := false
	for _, item := range n.Get("rules").Items() {
		r := e.rule(item)
		if r.leftOut {
			d.notes = append(d.notes, r.notes...)
			continue
		}
		d.rules = append(d.rules, r)
		open = open || unlimited(r.match)
	}
	if states := n.Get("filter_state_rules", "filterStateRules"); states.Exists() && !open {
		// unknown has said that they have no equal. They hold where no rule does.
		d.rules = append(d.rules, rule{need: need{session: true, never: true}, notes: []note{{text: "The rules by filter state are refused until you have decided."}}})
		return
	}
	if !open {
		d.rules = append(d.rules, rule{need: need{skip: true}, notes: []note{{text: "Envoy lets requests pass that no rule matches."}}})
	}
}

func (d *draft) envoyProvider(name string, n *tree.Node) {
	p := provider{name: nameOf(name), issuer: n.Get("issuer").Str()}
	p.unknown = d.unknown(&p.notes, n, "issuer", "audiences", "remote_jwks", "remoteJwks", "local_jwks", "localJwks", "forward",
		"from_headers", "fromHeaders", "from_params", "fromParams", "from_cookies", "fromCookies", "forward_payload_header", "forwardPayloadHeader",
		"claim_to_headers", "claimToHeaders", "clock_skew_seconds", "clockSkewSeconds", "require_expiration", "requireExpiration",
		"jwt_cache_config", "jwtCacheConfig", "pad_forward_payload_header", "padForwardPayloadHeader", "subjects")
	if p.issuer == "" {
		d.remark(&p.notes, n.At(), true, "Envoy accepts tokens of any issuer here; write the issuer that you mean")
	} else {
		p.field("issuer", yamltext.Scalar(p.issuer))
	}
	if audiences := n.Get("audiences"); audiences != nil {
		p.field("audiences", yamltext.List(audiences.Strings()))
	}
	d.envoyKeys(&p, n)
	d.places(&p, n.Get("from_headers", "fromHeaders"), n.Get("from_params", "fromParams"), n.Get("from_cookies", "fromCookies"), "value_prefix")
	d.outputs(&p, n.Get("claim_to_headers", "claimToHeaders"), n.Get("forward_payload_header", "forwardPayloadHeader"), n.Get("forward"), "header_name", "claim_name")
	if skew := n.Get("clock_skew_seconds", "clockSkewSeconds"); skew.Exists() {
		given, err := time.ParseDuration(skew.Text + "s")
		if err != nil || given < 0 || given > 5*time.Minute {
			d.remark(&p.notes, skew.At(), false, "the clocks may be at most 5m apart here")
			given = 5 * time.Minute
		}
		p.field("clockSkew", given.String())
	}
	d.envoySubjects(&p, n)
	d.addProvider(p)
}

// envoyKeys writes where keys come from.
func (d *draft) envoyKeys(p *provider, n *tree.Node) {
	remote, local := n.Get("remote_jwks", "remoteJwks"), n.Get("local_jwks", "localJwks")
	uri := remote.Get("http_uri", "httpUri")
	switch {
	case uri.Exists():
		p.field("jwksUri", yamltext.Scalar(uri.Get("uri").Str()))
		p.field("jwksCluster", yamltext.Scalar(uri.Get("cluster").Str()))
		d.duration(p, "jwksTimeout", uri.Get("timeout"), minTimeout, maxTimeout)
		d.duration(p, "jwksRefreshInterval", remote.Get("cache_duration", "cacheDuration"), minRefresh, maxRefresh)
	case local.Has("inline_string", "inlineString"):
		d.jwks(p, local, local.Get("inline_string", "inlineString").Str())
	case local.Has("inline_bytes", "inlineBytes"):
		text, _ := base64.StdEncoding.DecodeString(local.Get("inline_bytes", "inlineBytes").Str())
		d.jwks(p, local, string(text))
	default:
		d.remark(&p.notes, n.At(), true, "the keys are in a file or a variable; write them as jwks, or jwksUri")
	}
}

// matcher is a StringMatcher as a pattern.
func matcher(n *tree.Node) (pattern string, ok bool) {
	if n.Get("ignore_case", "ignoreCase").IsTrue() {
		return "", false
	}
	text := func(name string) string { return n.Get(name).Str() }
	switch {
	case text("exact") != "" && !strings.Contains(text("exact"), "*"):
		return text("exact"), true
	case text("prefix") != "" && !strings.Contains(text("prefix"), "*"):
		return text("prefix") + "*", true
	case text("suffix") != "" && !strings.Contains(text("suffix"), "*"):
		return "*" + text("suffix"), true
	}
	return "", false
}

// envoyRules converts rules, which are tried in order here as there.
type envoyRules struct {
	*draft
	named        map[string]string // names of providers here, by those there
	requirements *tree.Node
}

func (e *envoyRules) rule(n *tree.Node) (r rule) {
	e.unknown(&r.notes, n, "match", "requires", "requirement_name", "requirementName")
	requires := n.Get("requires")
	if name := n.Get("requirement_name", "requirementName").Str(); name != "" {
		if requires = e.requirements.Get(name); requires == nil {
			r.need = e.refused(&r, n.At(), "the requirement "+oneLine(name)+", which is not there,")
		}
	}
	if requires != nil {
		r.need = e.requirement(&r, requires)
	} else if !r.never {
		r.skip = true
	}
	e.match(&r, n.Get("match"))
	return r
}

// match converts a RouteMatch. What it compares beyond paths and methods has no
// equal: the rule then holds for more requests than before, and refuses them.
func (e *envoyRules) match(r *rule, n *tree.Node) {
	known := []string{"prefix", "path", "path_separated_prefix", "pathSeparatedPrefix", "case_sensitive", "caseSensitive", "headers"}
	prefix, path, separated := n.Get("prefix"), n.Get("path"), n.Get("path_separated_prefix", "pathSeparatedPrefix")
	switch {
	case prefix.Str() == "/":
	case prefix.Str() != "":
		r.paths = []string{prefix.Str() + "*"}
	case path.Str() != "":
		r.paths = []string{path.Str()}
	case separated.Str() != "":
		r.paths = []string{separated.Str(), separated.Str() + "/*"}
	}
	lost := ""
	for _, path := range []*tree.Node{prefix, path, separated} {
		if strings.ContainsAny(path.Str(), "*{}") {
			lost = "a path with an operator of this filter in it"
		}
	}
	for _, h := range n.Get("headers").Items() {
		method, ok := matcher(h.Get("string_match", "stringMatch"))
		if exact := h.Get("exact_match", "exactMatch").Str(); exact != "" {
			method, ok = exact, true
		}
		if h.Get("name").Str() != ":method" || !ok || strings.Contains(method, "*") || h.Get("invert_match", "invertMatch").IsTrue() {
			lost = "a match of the header " + oneLine(h.Get("name").Str())
			continue
		}
		r.methods = []string{method}
	}
	if n != nil {
		for _, m := range n.Members {
			if !slices.Contains(known, m.Name) {
				lost = "a match by " + oneLine(m.Name)
			}
		}
	}
	if lost == "" {
		return
	}
	if r.skip {
		e.remark(&r.notes, n.At(), true, "%s has no equal; this rule, which required nothing, is left out", lost)
		r.leftOut = true
		return
	}
	r.need = e.refused(r, n.At(), lost)
}

// requirement is what a JwtRequirement asks for.
func (e *envoyRules) requirement(r *rule, n *tree.Node) need {
	provider := func(name string, n *tree.Node) need {
		here, is := e.named[name]
		if !is {
			return e.refused(r, n.At(), "the provider "+oneLine(name)+", which is not there,")
		}
		out := need{session: true}
		if len(e.named) > 1 {
			out.providers = []string{here}
		}
		return out
	}
	with := n.Get("provider_and_audiences", "providerAndAudiences")
	anyOf, allOf := n.Get("requires_any", "requiresAny"), n.Get("requires_all", "requiresAll")
	switch {
	case n.Has("provider_name", "providerName"):
		return provider(n.Get("provider_name", "providerName").Str(), n)
	case with.Exists():
		out := provider(with.Get("provider_name", "providerName").Str(), n)
		out.audiences = listOf(with.Get("audiences"))
		e.remark(&r.notes, with.At(), false, "audiences of a rule narrow the provider's here; in Envoy they replace the provider's")
		return out
	case anyOf.Exists():
		return e.anyOf(r, anyOf)
	case allOf.Exists():
		return e.refused(r, allOf.At(), "requires_all, two tokens in one request,")
	case n.Has("allow_missing_or_failed", "allowMissingOrFailed"), n.Has("extract_only_without_validation", "extractOnlyWithoutValidation"):
		return need{}
	case n.Has("allow_missing", "allowMissing"):
		e.remark(&r.notes, n.At(), false, "allow_missing refuses bad tokens; here such a request passes as signed-out, and the filter removes the token")
		return need{}
	case n == nil || len(n.Members) == 0:
		return need{skip: true}
	}
	return e.refused(r, n.At(), "this requirement")
}

// anyOf is what one of several requirements asks for.
func (e *envoyRules) anyOf(r *rule, n *tree.Node) need {
	out := need{session: true}
	for _, item := range n.Get("requirements").Items() {
		one := e.requirement(r, item)
		switch {
		case one.never:
			return one
		case one.audiences != nil:
			return e.refused(r, item.At(), "provider_and_audiences in requires_any")
		case !one.session:
			out.session = false
		default: // names one, unless there is only one
			out.providers = append(out.providers, one.providers...)
		}
	}
	return out
}
