package config

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/problem"
)

type resource = policy.ProtectedResource

// protectedResources describes protectedResources[].
func protectedResources(r *resource) *Table {
	return &Table{
		Name: "protectedResources[]",
		Doc:  "An API that takes tokens, and the issuers of these tokens. The filter serves the API's document (RFC 9728) on the API's host, to GET and HEAD of exactly its well-known path as sent: `/.well-known/oauth-protected-resource`, then the path of `resource`. A Bearer challenge to a request whose host and path fall under `resource` carries `resource_metadata`, and `scope` where the rule requires values of `scope`.",
		Fields: []*Field{
			{Name: "resource", Kind: Text, Required: true, check: identifier, Pattern: resourceURL,
				Doc: "The API's own URL, as clients call it: https (http for 127.0.0.1, [::1] and localhost), without query. Requests for its path and below fall under it; of several resources the one with the longest path counts.",
				at:  &r.Resource},
			{Name: "authorizationServers", Kind: List, Required: true, check: identifier, Pattern: resourceURL, Foreign: []string{"authorization_servers"},
				Doc: "Issuers of tokens for the API, as their own metadata (RFC 8414) names them. Write them as providers too, with the `audiences` that their tokens for this resource have.",
				at:  &r.AuthorizationServers},
			{Name: "scopesSupported", Kind: List, Otherwise: "none", check: scope, Pattern: "^[!#-\\[\\]-~]+$", Foreign: []string{"scopes_supported", "scopes"},
				Doc: "Scopes that clients may ask for. A client asks for all of them unless the challenge names a `scope`.",
				at:  &r.ScopesSupported},
			{Name: "resourceName", Kind: Text, Otherwise: "none", Foreign: []string{"resource_name", "name"},
				Doc: "The API's name, for people.",
				at:  &r.Name},
			{Name: "resourceDocumentation", Kind: Text, Otherwise: "none", check: anyURL, Pattern: webURL, Foreign: []string{"resource_documentation"},
				Doc: "The URL of a page for developers.",
				at:  &r.Documentation},
		},
	}
}

// resourceURL is what the schema says about identifiers.
const resourceURL = `^https?://[^A-Z/?#@\s\\]+(/[^?#\s\\]*)?$`

// identifier takes the URL that names a resource or an authorization server
// (RFC 9728 section 1.2, RFC 8414 section 2). Clients compare it byte for byte
// with what they have called, so it is written in one way.
func identifier(s string) (string, string) {
	u, wrong := parseURL(s)
	switch {
	case wrong != "":
		return "", wrong
	case u.query != "":
		return "", "has a query; remove it"
	case u.scheme == "http" && !isLoopback(u.host):
		return "", "not https; write https://host/path"
	}
	if u.port == defaultPorts[u.scheme] {
		u.port = ""
	}
	if usual := u.origin() + u.path; usual != s {
		return "", problem.Quote(s) + " is not how clients write it; write " + problem.Quote(usual)
	}
	return s, ""
}

// isLoopback reports whether a host never leaves the machine.
func isLoopback(host string) bool {
	return host == "localhost" || host == "[::1]" || strings.HasPrefix(host, "127.") && strings.Count(host, ".") == 3
}

// scope takes one scope (RFC 6749 section 3.3).
var scope = plain(
	func(s string) bool { return consistsOf(s, printable) && !strings.ContainsAny(s, ` "\`) },
	" is not one scope; write each as an element of its own, without spaces and quotes")
