package check

var patternRows = []row{
	{"a regular expression with anchors", withRules(`- paths: [§"^/admin/.*$"]`), []find{
		{"error", `rules[0].paths[0]: "^/admin/.*$" looks like a regular expression … write "/admin/*"`, "regular-expressions"},
	}},
	{"a regular expression that is open at its end", withRules(`- paths: [§"^/admin"]`), []find{
		{"error", `write "/admin*"`, "regular-expressions"},
	}},
	{"a folder as a regular expression", withRules(`- paths: [§"/admin/.*"]`), []find{
		{"warning", `write "/admin/*"`, "regular-expressions"},
	}},
	{"digits as a regular expression", withRules(`- paths: [§'/users/\d+']`), []find{
		{"error", `write "/users/{*}"`, "regular-expressions"},
	}},
	{"a class in a regular expression", withRules(`- paths: [§"/users/[0-9]+/orders"]`), []find{
		{"warning", `write "/users/{*}/orders"`, "regular-expressions"},
	}},
	{"any segment in a regular expression", withRules(`- paths: [§"/users/[^/]+/orders"]`), []find{
		{"warning", `write "/users/{*}/orders"`, "regular-expressions"},
	}},
	{"alternatives of a regular expression", withRules(`- paths: [§"^/(admin|staff)/.*"]`), []find{
		{"error", `write "/admin/*", "/staff/*"`, "regular-expressions"},
	}},
	{"alternatives without anchors", withRules(`- paths: [§"/(admin|staff)"]`), []find{
		{"warning", `write "/admin", "/staff"`, "regular-expressions"},
	}},
	{"a folder and its root as a regular expression", withRules(`- paths: [§"^/admin(/.*)?$"]`), []find{
		{"error", `write "/admin", "/admin/*"`, "regular-expressions"},
	}},
	{"two stars", withRules(`- paths: [§"/admin/**"]`), []find{
		{"error", `write "/admin/*"`, "stars-of-others"},
	}},
	{"a star in between", withRules(`- paths: [§"/users/*/orders/*/x"]`), []find{
		{"error", `write "/users/{*}/orders/{*}/x"`, "stars-of-others"},
	}},
	{"stars in between and at the end", withRules(`- paths: [§"/users/*/orders/**"]`), []find{
		{"error", `write "/users/{*}/orders/{**}"`, "stars-of-others"},
	}},
	{"a URL for a path", withRules(`- paths: [§"https://app.example.com/admin"]`), []find{
		{"error", `a path has no host; write "/admin", and "hosts": ["app.example.com"]`, "stars-of-others"},
	}},
	{"everything as a regular expression", withRules(`- paths: [§".*"]`), []find{
		{"error", `write "*"`, "regular-expressions"},
	}},
	{"an ending as a regular expression", withRules(`- paths: [§'^.*\.css$']`), []find{
		{"error", `write "*.css"`, "regular-expressions"},
	}},
	{"hosts as a regular expression", withRules(`- hosts: [§'^.*\.example\.com$']`), []find{
		{"error", `rules[0].hosts[0]: … write "*.example.com"`, "regular-expressions"},
	}},
	{"what is left out, as a regular expression", withRules(`- notPaths: [§'^/public']`), []find{
		{"error", `rules[0].notPaths[0]: … write "/public*"`, "regular-expressions"},
	}},
	{"values as a regular expression", withRules(`- require: [{claim: role, values: [§"^admin-.*"]}]`), []find{
		{"warning", `rules[0].require[0].values[0]: … write "admin-*"`, "regular-expressions"},
	}},
	{"a dotted prefix whose root asks for less", withRules(`
- {paths: [§"/admin.*"], require: [{claim: role, values: [admin]}]}`), []find{
		{"warning", `"/admin.*" matches what begins with "/admin." … write "/admin*" … falls under no rule`, "regular-expressions"},
	}},
	{"a dotted prefix that may be meant", withRules(`- {paths: [§"/favicon.*"], auth: skip}`), []find{
		{"note", `matches what begins with "/favicon."`, "regular-expressions"},
	}},

	{"a parameter of Express and Rails", withRules(`- paths: ["/", §"/users/:id/orders/:order"]`), []find{
		{"warning", `rules[0].paths[1]: ":id" matches only this text … write "/users/{*}/orders/{*}"`, "parameters-in-paths"},
	}},
	{"a parameter of Flask and Django", withRules(`- paths: [§"/users/<int:id>"]`), []find{
		{"warning", `"<int:id>" … write "/users/{*}"`, "parameters-in-paths"},
	}},
	{"a parameter of Next.js", withRules(`- paths: [§"/users/[id]/x"]`), []find{
		{"warning", `"[id]" … write "/users/{*}/x"`, "parameters-in-paths"},
	}},
	{"a method in a path", withRules(`- paths: [§"GET /users"]`), []find{
		{"error", `rules[0].paths[0]: a pattern has no method; write "/users", and "methods": ["GET"]`, "methods-in-paths"},
	}},
	{"a method in a host", withRules(`- hosts: [§"POST api.example.com"]`), []find{
		{"error", `write "api.example.com", and "methods": ["POST"]`, "methods-in-paths"},
	}},

	{"globs, templates and odd characters", withRules(`
- {paths: ["/a", "/a/*", "*.css", "/u/{*}/x", "/f/{**}", "/v1/items:cancel", "/a+b", "/$metadata", "/@scope/x", "/wiki/Go_(language)", "/a.b", "/x~y"], auth: skip}
- {hosts: ["*.example.com", "a.example.com", "[::1]"]}`), nil},
	{"values with dots and stars", withRules(`- require: [{claim: aud, values: ["https://api.example.com/*", "a.b", "*"]}]`), nil},
}
