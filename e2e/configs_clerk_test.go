package e2e

import "maps"

func init() { maps.Copy(configs, clerkConfigs) }

// clerkConfigs are the configurations of the rows about Clerk's sessions.
var clerkConfigs = map[string]Config{
	"clerk-dev": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerkdev}", "jwksCluster": "idp"}]}`},
	"clerk-optional": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "idp"}],
		"signInUrl": "https://accounts.example.com/sign-in",
		"rules": [{"paths": ["/optional"], "auth": "optional", "onFailure": "deny"}, {"paths": ["/skip"], "auth": "skip"},
			{"paths": ["/log"], "onFailure": "log"}, {"paths": ["/deny"], "onFailure": "deny"}]}`},
	"clerk-satellite": {JSON: `{"trustForwarded": true, "providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "idp",
		"isSatellite": true, "domain": "satellite.example", "satelliteAutoSync": true}]}`},
	"clerk-dev-satellite": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerkdev}", "jwksCluster": "idp",
		"isSatellite": true, "domain": "satellite.example", "satelliteAutoSync": true, "signInUrl": "https://primary.example/sign-in"}]}`},
	"clerk-proxied": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "idp",
		"proxyUrl": "https://app.example.com/__clerk", "forwardOriginalToken": false}],
		"rules": [{"paths": ["/__clerk/*"], "auth": "skip"}]}`},
	"clerk-twins": {JSON: `{"providers": [
		{"name": "one", "preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "idp"},
		{"name": "two", "preset": "clerk", "publishableKey": "{pk clerk2}", "jwksCluster": "idp"}],
		"rules": [{"hosts": ["one.example.com"], "providers": ["one"]}, {"hosts": ["two.example.com"], "providers": ["two"]}]}`},
}
