package policy

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/bytealg"
	"github.com/sessiongate/sessiongate/internal/jsonout"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/request"
)

// ProtectedResource is what clients may know of an API before they have a token
// for it (RFC 9728).
type ProtectedResource struct {
	Resource             string // URL without query and default port; scheme and host in lower case
	AuthorizationServers []string
	ScopesSupported      []string
	Name                 string
	Documentation        string
}

// resource is a protected resource ready for requests.
type resource struct {
	host, path string // without port; without a slash at the end
	challenge  string // the parameter of a challenge that leads to its document
}

// wellKnown is what the paths of the documents begin with (RFC 9728 section 3.1).
const wellKnown = "/.well-known/oauth-protected-resource"

// resources makes the documents of the protected resources, and what challenges
// say of them.
func (c *compiler) resources() {
	p := c.policy
	for i := range p.ProtectedResources {
		described := &p.ProtectedResources[i]
		origin, host, path := described.split()
		address := wellKnown + path
		p.resources = append(p.resources, resource{host, strings.TrimSuffix(path, "/"), `resource_metadata="` + origin + address + `"`})
		c.serve(problem.Element("protectedResources", i)+".resource",
			document{host: host, path: address, body: described.document()}, "max-age=3600")
	}
}

// split takes the resource apart: its origin, the host of that without its port,
// and the path unless that is "/".
func (p *ProtectedResource) split() (origin, host, path string) {
	scheme, rest, _ := strings.Cut(p.Resource, "://")
	authority, below, _ := strings.Cut(rest, "/")
	if below != "" {
		path = "/" + below
	}
	host = authority
	if colon := strings.LastIndexByte(authority, ':'); colon > strings.LastIndexByte(authority, ']') {
		host = authority[:colon]
	}
	return scheme + "://" + authority, host, path
}

// document is the resource's metadata (RFC 9728 section 2), as JSON.
func (p *ProtectedResource) document() string {
	b := jsonout.AppendString([]byte(`{"resource":`), p.Resource)
	b = jsonout.AppendList(b, "authorization_servers", p.AuthorizationServers)
	b = jsonout.AppendList(b, "scopes_supported", p.ScopesSupported)
	b = jsonout.AppendMember(b, "resource_name", p.Name)
	b = jsonout.AppendMember(b, "resource_documentation", p.Documentation)
	return string(append(b, '}'))
}

// resourceOf is the protected resource that a request is for; nil if there is
// none. The longest path says most about a request.
func (p *Policy) resourceOf(r *request.Request) (found *resource) {
	path := r.Path()
	for i := range p.resources {
		candidate := &p.resources[i]
		rest, under := strings.CutPrefix(path, candidate.path)
		if !under || candidate.host != r.Host || rest != "" && rest[0] != '/' {
			continue
		}
		if found == nil || len(candidate.path) > len(found.path) {
			found = candidate
		}
	}
	return found
}

// scopes are the values of scope that a rule requires, as a challenge names
// them (RFC 6750 section 3); empty if it requires none, or any.
func scopes(require []Requirement) string {
	var all []string
	for i := range require {
		if !require[i].Claim.IsScope() {
			continue
		}
		for _, value := range require[i].Values {
			if !isScope(value) {
				return ""
			}
			if !slices.Contains(all, value) {
				all = append(all, value)
			}
		}
	}
	return strings.Join(all, " ")
}

// isScope reports whether a value of a requirement names one scope (RFC 6749
// section 3.3), and is no pattern.
func isScope(value string) bool {
	return value != "" && bytealg.IsPrintable(value, '"', '\\') && !strings.ContainsAny(value, " *")
}
