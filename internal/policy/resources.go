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
	for i := range c.policy.ProtectedResources {
		resource := &c.policy.ProtectedResources[i]
		origin, path := resource.split()
		made := newResource(origin, path)
		c.policy.addResource(made)
		c.serve(problem.Element("protectedResources", i)+".resource",
			document{host: made.host, path: wellKnown + path, body: resource.document()}, "max-age=3600")
	}
}

// addResource keeps the longest path first: it says most about a request.
func (p *Policy) addResource(made resource) {
	at := 0
	for at < len(p.resources) && len(p.resources[at].path) >= len(made.path) {
		at++
	}
	p.resources = slices.Insert(p.resources, at, made)
}

func newResource(origin, path string) resource {
	_, host, _ := strings.Cut(origin, "://")
	if colon := strings.LastIndexByte(host, ':'); colon > strings.LastIndexByte(host, ']') {
		host = host[:colon]
	}
	return resource{
		host:      host,
		path:      strings.TrimSuffix(path, "/"),
		challenge: `resource_metadata="` + origin + wellKnown + path + `"`,
	}
}

// split takes the resource apart: its origin, and its path unless that is "/".
func (p *ProtectedResource) split() (origin, path string) {
	_, rest, _ := strings.Cut(p.Resource, "://")
	if slash := strings.IndexByte(rest, '/'); slash >= 0 {
		path = rest[slash:]
	}
	origin = strings.TrimSuffix(p.Resource, path)
	if path == "/" {
		path = ""
	}
	return origin, path
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
// none.
func (p *Policy) resourceOf(r *request.Request) *resource {
	if p.resources == nil {
		return nil
	}
	path := r.Path()
	for i := range p.resources {
		resource := &p.resources[i]
		rest, under := strings.CutPrefix(path, resource.path)
		if under && resource.host == r.Host && (rest == "" || rest[0] == '/') {
			return resource
		}
	}
	return nil
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
