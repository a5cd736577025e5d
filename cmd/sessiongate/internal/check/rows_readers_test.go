package check

import "strings"

// inFront is a bootstrap with a filter before this one, which has more in its
// configuration.
func inFront(filter, more string, replace ...string) string {
	return right(append([]string{"BEFORE", unmarked(before(filter)) + "\n              " + more}, replace...)...)
}

const (
	localLimit  = "local_ratelimit.v3.LocalRateLimit"
	globalLimit = "ratelimit.v3.RateLimit"

	limitsByUser   = "rate_limits: [{actions: [{request_headers: {header_name: §x-identity-user-id, descriptor_key: user}}]}]"
	limitsByTenant = "rate_limits: [{actions: [{request_headers: {header_name: x-tenant, descriptor_key: tenant}}]}]"
	rbacByUser     = "rules: {policies: {a: {principals: [{header: {name: §x-identity-user-id, string_match: {exact: a}}}], permissions: [{any: true}]}}}"
)

// readerRows are filters that read identity headers.
var readerRows = []row{
	{"a local limit by user before the filter", inFront(localLimit, limitsByUser), []find{
		{"warning", `http_filters: local_ratelimit runs before the filter and reads x-identity-user-id as the client wrote it … write local_ratelimit behind the filter`, "by-identity.md#rate-limits"},
	}},
	{"a limit for those without a user", inFront(localLimit, "rate_limits: [{actions: [{header_value_match: {descriptor_value: none, headers: [{name: §X-Identity-User-Id, present_match: true}]}}]}]"), []find{
		{"warning", `reads X-Identity-User-Id`, "by-identity.md#rate-limits"},
	}},
	{"a limit by a format", inFront(localLimit, "rate_limits: [{actions: [{generic_key: {descriptor_value: §\"%REQ(X-IDENTITY-ORG-ID)%\"}}]}]"), []find{
		{"warning", `reads %REQ(X-IDENTITY-ORG-ID)%`, "by-identity.md#rate-limits"},
	}},
	{"a limit by user as a TypedStruct", right("BEFORE", `- name: first
            typed_config:
              "@type": type.googleapis.com/xds.type.v3.TypedStruct
              type_url: type.googleapis.com/envoy.extensions.filters.http.`+localLimit+`
              value: {`+limitsByUser+`}`), []find{
		{"warning", `local_ratelimit runs before the filter`, "by-identity.md#rate-limits"},
	}},
	{"a limit by user of the routes", inFront(globalLimit, "domain: web", `{name: all, domains: ["*"]}`, `{name: all, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: a, `+limitsByUser+`}}]}`), []find{
		{"warning", `http_filters: ratelimit runs before the filter`, "by-identity.md#rate-limits"},
	}},
	{"a limit by user of a virtual host's own", inFront(localLimit, "stat_prefix: a", `{name: all, domains: ["*"]}`, `{name: all, domains: ["*"], typed_per_filter_config: {first: {`+limitsByUser+`}}}`), []find{
		{"warning", `local_ratelimit runs before the filter`, "by-identity.md#rate-limits"},
	}},
	{"a limit by a header of a claim", inFront(localLimit, strings.Replace(limitsByUser, "x-identity-user-id", "x-tier", 1), `"projectId": "pro-123"`, `"projectId": "pro-123", "outputClaimToHeaders": [{"claim": "tier", "header": "x-tier"}]`), []find{
		{"warning", `reads x-tier`, "by-identity.md#rate-limits"},
	}},
	{"a limit by another prefix", inFront(localLimit, strings.Replace(limitsByUser, "x-identity-", "x-who-", 1), "RULES", `"identityHeaderPrefix": "x-who-",`), []find{
		{"warning", `reads x-who-user-id`, "by-identity.md#rate-limits"},
	}},
	{"RBAC by user before the filter", inFront("rbac.v3.RBAC", rbacByUser), []find{
		{"warning", `http_filters: RBAC runs before the filter and reads x-identity-user-id … write RBAC behind the filter`, "by-identity.md#rbac"},
	}},

	{"a limit by another header before the filter", inFront(localLimit, limitsByTenant), nil},
	{"a limit of its own, where routes have others by user", inFront(localLimit, limitsByTenant, `{name: all, domains: ["*"]}`, `{name: all, domains: ["*"], `+unmarked(limitsByUser)+`}`), nil},
	{"a limit by address before the filter", inFront(globalLimit, "domain: web", `{name: all, domains: ["*"]}`, `{name: all, domains: ["*"], rate_limits: [{actions: [{remote_address: {}}]}]}`), nil},
	{"a limit by user behind the filter", right("- name: envoy.filters.http.router", unmarked(before(localLimit)+"\n              "+limitsByUser)), nil},
	{"RBAC by user behind the filter", right("- name: envoy.filters.http.router", unmarked(before("rbac.v3.RBAC")+"\n              "+rbacByUser)), nil},
}
