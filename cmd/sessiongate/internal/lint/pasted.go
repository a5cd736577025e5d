package lint

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// pasted names what belongs to Istio's or Envoy's own authentication, where it
// stands in place of a configuration of the filter.
func (r *run) pasted(f *File) {
	if slices.ContainsFunc(r.files, func(f File) bool { return len(f.Found) > 0 }) {
		return // beside a configuration they may stay
	}
	for _, document := range f.Documents {
		switch kind := document.Get("kind").Str(); {
		case kind == "RequestAuthentication":
			r.native(f.Name, document, "a RequestAuthentication of Istio")
		case kind == "AuthorizationPolicy" && readsClaims(document):
			r.native(f.Name, document, "an AuthorizationPolicy of Istio that reads a token's claims")
		default:
			document.Walk(func(n *tree.Node) bool {
				if strings.HasSuffix(n.Get("@type").Str(), "jwt_authn.v3.JwtAuthentication") {
					r.native(f.Name, n, "a configuration of Envoy's jwt_authn")
					return false
				}
				return true
			})
		}
	}
}

func (r *run) native(file string, at *tree.Node, what string) {
	r.findings = append(r.findings, Finding{File: file, Place: at.At(), Level: Error, See: section("configurations-of-others"),
		Message: "this is " + what + ", not of this filter; \"sessiongate convert " + file + "\" makes one of it"})
}

// nativeIn says whose a configuration is that is not the filter's.
func nativeIn(n *tree.Node) string {
	providers := n.Get("providers")
	switch {
	case n.Has("jwtRules"):
		return "the spec of a RequestAuthentication of Istio"
	case n.Get("action").Str() != "" && n.Get("rules").Item(0).Has("from", "to", "when"):
		return "the spec of an AuthorizationPolicy of Istio"
	case providers != nil && providers.Kind == tree.Object, n.Has("requirement_map", "requirementMap"):
		return "a configuration of Envoy's jwt_authn"
	}
	return ""
}

// readsClaims reports whether an AuthorizationPolicy asks who a token names.
// One about identity headers is right beside the filter.
func readsClaims(document *tree.Node) bool {
	reads := false
	document.Get("spec").Walk(func(n *tree.Node) bool {
		reads = reads || n.Has("requestPrincipals", "notRequestPrincipals") || strings.HasPrefix(n.Get("key").Str(), "request.auth.")
		return !reads
	})
	return reads
}
