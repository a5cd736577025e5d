package convert

import (
	"strings"
	"testing"
)

const envoyRoutes = "- {match: {prefix: /a}, typed_per_filter_config: {envoy.filters.http.jwt_authn: {\"@type\": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.PerRouteConfig, requirement_name: a}}}\n"

// TestEnvoyRestrictions are fields that narrow who gets in, and have no equal:
// what they are about is refused.
func TestEnvoyRestrictions(t *testing.T) {
	runRows(t, map[string]row{
		"a route of its own":    {envoyRoutes + "- " + strings.ReplaceAll(envoyKeys, "\n", "\n  ") + "requirement_map: {a: {provider_name: one}}\n  rules: [{match: {prefix: /}}]\n", 1, []string{"rules:\n# A route asks for the requirement a", "- providers: [\"one\", \"two\"]\n  " + denyAll, "- auth: skip\n"}},
		"a route without":       {strings.ReplaceAll(envoyRoutes, "requirement_name: a", "disabled: true") + "- " + strings.ReplaceAll(envoyKeys, "\n", "\n  ") + "rules: [{match: {prefix: /}, requires: {provider_name: one}}]\n", 1, []string{"a route switches jwt_authn off", "rules:\n- providers: [\"one\"]\n"}},
		"rules by filter state": {envoyKeys + "filter_state_rules: {name: x, requires: {a: {provider_name: one}}}\nrules:\n- {match: {prefix: /open}}\n", 1, []string{"- paths: [\"/open*\"]\n  auth: skip\n", "- providers: [\"one\", \"two\"]\n  " + denyAll}},
		"a lifetime":            {strings.Replace(envoyKeys, "forward: true", "max_lifetime: 1h", 1) + "rules:\n- {match: {prefix: /}, requires: {provider_name: one}}\n", 1, []string{"max_lifetime has no equal", "requiredClaims: [{claim: sub, notValues: [\"*\"]}]"}},
		"subjects by a pattern": {strings.Replace(envoyKeys, "forward: true", "subjects: {safe_regex: {regex: a}}", 1) + "rules:\n- {match: {prefix: /}, requires: {provider_name: one}}\n", 1, []string{"subjects has no equal", "requiredClaims: [{claim: sub, notValues: [\"*\"]}]"}},
		"a field of tomorrow":   {strings.Replace(envoyKeys, "forward: true", "only_on: mondays", 1) + "rules:\n- {match: {prefix: /}, requires: {provider_name: one}}\n", 1, []string{"only_on has no equal", "requiredClaims: [{claim: sub, notValues: [\"*\"]}]"}},
		"metadata":              {strings.Replace(envoyKeys, "forward: true", "payload_in_metadata: p", 1) + "rules:\n- {match: {prefix: /}, requires: {provider_name: two}}\n", 1, []string{"payload_in_metadata has no equal", "- providers: [\"two\"]\n"}},
	})
}
