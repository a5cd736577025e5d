package convert

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/yamltext"
)

// bounds of durations in the filter's configuration.
const (
	minTimeout, maxTimeout = 100 * time.Millisecond, time.Minute
	minRefresh, maxRefresh = time.Second, 168 * time.Hour
)

// addProvider adds a provider under a name that is not taken.
func (d *draft) addProvider(p provider) {
	name := p.name
	for i := 2; slices.Contains(d.names(), name); i++ {
		name = p.name + "-" + strconv.Itoa(i)
	}
	p.name = name
	d.providers = append(d.providers, p)
}

// nameOf makes a name of a text.
func nameOf(text string) string {
	if u, err := url.Parse(text); err == nil && u.Host != "" {
		text = u.Hostname()
	}
	name := strings.Trim(strings.Map(func(c rune) rune {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '_':
			return c
		case 'A' <= c && c <= 'Z':
			return c + 'a' - 'A'
		}
		return '-'
	}, text), "-")
	if name == "" {
		return "provider"
	}
	return name[:min(len(name), 60)]
}

// places writes where tokens are: if any is named, all defaults are void.
func (d *draft) places(p *provider, headers, params, cookies *tree.Node, prefix string) {
	if headers == nil && params == nil && cookies == nil {
		p.field("fromParams", `["access_token"] # the old proxy reads it by default; leave it out unless a client uses it`)
		return
	}
	var list []string
	for _, h := range headers.Items() {
		fields := "name: " + yamltext.Scalar(strings.ToLower(h.Get("name").Str()))
		if text := h.Get(prefix, "valuePrefix").Str(); text != "" {
			fields += ", prefix: " + yamltext.Quote(text)
		}
		list = append(list, "{"+fields+"}")
	}
	p.field("fromHeaders", "["+strings.Join(list, ", ")+"]")
	if params != nil {
		p.field("fromParams", yamltext.List(params.Strings()))
	}
	if cookies != nil {
		p.field("fromCookies", yamltext.List(cookies.Strings()))
	}
}

// duration writes a duration within the filter's bounds.
func (d *draft) duration(p *provider, field string, n *tree.Node, least, most time.Duration) {
	if !n.Exists() {
		return
	}
	given, err := time.ParseDuration(n.Str())
	if err != nil {
		d.remark(&p.notes, n.At(), true, "%s: %s is not a duration; write one such as 5s", field, yamltext.Quote(n.Str()))
		return
	}
	p.field(field, min(max(given, least), most).String())
	if given < least || given > most {
		d.remark(&p.notes, n.At(), false, "%s was %s; here it can be from %s to %s", field, given, least, most)
	}
}

// jwks writes keys that stand in the configuration.
func (d *draft) jwks(p *provider, n *tree.Node, text string) {
	if !json.Valid([]byte(text)) && !strings.HasPrefix(strings.TrimSpace(text), "-----BEGIN") {
		d.remark(&p.notes, n.At(), true, "the keys are neither JSON nor PEM; write them as jwks")
		return
	}
	p.field("jwks", yamltext.Quote(text))
}

// unknown notes members that are not among the known ones, and returns their
// names.
func (d *draft) unknown(notes *[]note, n *tree.Node, known ...string) (names []string) {
	if n == nil {
		return nil
	}
	for _, m := range n.Members {
		if !slices.Contains(known, m.Name) {
			d.remark(notes, m.Place, true, "%s has no equal", oneLine(m.Name))
			names = append(names, m.Name)
		}
	}
	return names
}

// requestAuthentication converts the rules of Istio's resource of that kind.
func (d *draft) requestAuthentication(document *tree.Node) {
	spec := document.Get("spec")
	d.where(document)
	d.unknown(&d.notes, spec, "selector", "targetRef", "targetRefs", "jwtRules")
	for _, n := range spec.Get("jwtRules").Items() {
		issuer := n.Get("issuer").Str()
		p := provider{name: nameOf(issuer), issuer: issuer}
		unknown := d.unknown(&p.notes, n, "issuer", "audiences", "jwksUri", "jwks_uri", "jwks", "fromHeaders", "fromParams", "fromCookies",
			"outputPayloadToHeader", "outputClaimToHeaders", "forwardOriginalToken", "timeout", "spaceDelimitedClaims")
		p.field("issuer", yamltext.Scalar(issuer))
		if audiences := n.Get("audiences"); audiences != nil {
			p.field("audiences", yamltext.List(audiences.Strings()))
		}
		switch keys, uri := n.Get("jwks"), n.Get("jwksUri", "jwks_uri"); {
		case keys.Str() != "":
			d.jwks(&p, keys, keys.Str())
		case uri.Str() != "":
			p.field("jwksUri", yamltext.Scalar(uri.Str()))
		default:
			d.remark(&p.notes, n.At(), true, "Istio finds the keys in %s/.well-known/openid-configuration; look up jwks_uri there, and write it as jwksUri", oneLine(issuer))
		}
		d.duration(&p, "jwksTimeout", n.Get("timeout"), minTimeout, maxTimeout)
		d.places(&p, n.Get("fromHeaders"), n.Get("fromParams"), n.Get("fromCookies"), "prefix")
		d.outputs(&p, n.Get("outputClaimToHeaders"), n.Get("outputPayloadToHeader"), n.Get("forwardOriginalToken"), "header", "claim")
		for _, name := range n.Get("spaceDelimitedClaims").Strings() {
			if name != "scope" && name != "scp" && name != "permission" {
				d.remark(&p.notes, n.At(), false, "the claim %s is not split at spaces; scope, scp and permission are", oneLine(name))
			}
		}
		if len(unknown) > 0 {
			d.refuseAll(&p, n.At())
		}
		d.addProvider(p)
	}
}

// outputs writes what the backend gets of a token.
func (d *draft) outputs(p *provider, claims, payload, forward *tree.Node, header, claim string) {
	var list []string
	for _, n := range claims.Items() {
		list = append(list, "{header: "+yamltext.Scalar(strings.ToLower(n.Get(header, "headerName").Str()))+", claim: "+yamltext.Quote(n.Get(claim, "claimName").Str())+"}")
	}
	if list != nil {
		p.field("outputClaimToHeaders", "["+strings.Join(list, ", ")+"]")
	}
	if name := payload.Str(); name != "" {
		p.field("outputPayloadToHeader", yamltext.Scalar(strings.ToLower(name)))
	}
	if forward.IsTrue() {
		p.field("forwardOriginalToken", "true")
	}
}

// where notes which proxies a resource was for.
func (d *draft) where(document *tree.Node) {
	for _, name := range []string{"selector", "targetRef", "targetRefs"} {
		if n := document.Path("spec", name); n.Exists() {
			d.remark(&d.notes, n.At(), false, "%s %s has a %s; the WasmPlugin that holds this needs the same",
				oneLine(document.Get("kind").Str()), oneLine(document.Path("metadata", "name").Str()), name)
		}
	}
}
