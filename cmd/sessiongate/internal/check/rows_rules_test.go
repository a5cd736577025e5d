package check

var ruleRows = []row{
	{"a rule that an earlier one covers", withRules(`
- {paths: ["/a*"], auth: skip}
- §{paths: ["/admin"], require: [{claim: role, values: [admin]}]}`), []find{
		{"warning", `rules[1]: rules[1] is never reached: rules[0] covers it; write it before that rule`, "covered-rules"},
	}},
	{"a rule behind one for everything", withRules(`
- auth: optional
- §paths: ["/admin"]`), []find{{"warning", `rules[1] is never reached: rules[0] covers it`, "covered-rules"}}},
	{"a rule that two cover by their hosts", withRules(`
- {hosts: ["a.example"]}
- {notHosts: ["a.example"]}
- §{paths: ["/x"], methods: [GET]}`), []find{{"warning", `rules[0] and rules[1] cover it together`, "covered-rules"}}},
	{"a rule that two cover by their methods", withRules(`
- {methods: [GET, HEAD]}
- {notMethods: [GET, HEAD]}
- §{hosts: ["a.example"], paths: ["/x"]}`), []find{{"warning", `rules[0] and rules[1] cover it together`, "covered-rules"}}},
	{"a rule that a template covers", withRules(`
- {paths: ["/users/{*}/photo"], auth: skip}
- §{paths: ["/users/7/photo"]}`), []find{{"warning", `rules[1] is never reached: rules[0] covers it`, "covered-rules"}}},
	{"a rule that leaves out all it names", withRules(`
- §{paths: ["/a/b"], notPaths: ["/a/*"]}`), []find{{"warning", `rules[0] matches no request`, "covered-rules"}}},
	{"rules that only look covered", withRules(`
- {paths: ["/a/*"], notPaths: ["/a/b"], auth: skip}
- {paths: ["/a/b"]}
- {paths: ["*.css"], auth: skip}
- {paths: ["/s/*"], hosts: ["s.example"]}
- {paths: ["/s", "/s/{*}"], methods: [GET, HEAD]}
- {paths: ["/s/x"], methods: [POST]}`), nil},
	{"a rule for what no path is, after all paths", withRules(`
- {paths: ["/*"]}
- {methods: [OPTIONS], auth: skip}`), nil},

	{"a prefix whose root has no rule", withRules(`
- {paths: [§"/admin/*"], require: [{claim: role, values: [admin]}]}`), []find{
		{"warning", `rules[0].paths[0]: "/admin/*" does not cover "/admin", which falls under no rule, so that only a session is required; write "/admin" too`, "roots-of-prefixes"},
	}},
	{"a prefix whose root is open", withRules(`
- paths: ["/", §"/admin/*"]
- auth: skip`), []find{{"warning", `"/admin/*" does not cover "/admin", which falls under rules[1], which asks for less`, "roots-of-prefixes"}}},
	{"a template whose root is open", withRules(`
- paths: [§"/admin/{**}"]
- auth: optional`), []find{{"warning", `"/admin/{**}" does not cover "/admin"`, "roots-of-prefixes"}}},
	{"a template with a name, whose root has no rule", withRules(`
- {paths: [§"/t/{tenant}/{**}"], require: [{claim: org, equals: "{tenant}"}]}`), []find{
		{"warning", `"/t/{tenant}/{**}" does not cover "/t/{tenant}", which falls under no rule`, "roots-of-prefixes"},
	}},
	{"a template with a name, and its root", withRules(`
- {paths: ["/t/{tenant}", "/t/{tenant}/{**}"], require: [{claim: org, equals: "{tenant}"}]}`), nil},
	{"a prefix whose root falls to a rule as strong", withRules(`- paths: ["/admin/*"]`), nil},
	{"an open prefix whose root is closed", withRules(`- {paths: ["/public/*"], auth: skip}`), nil},
	{"a prefix with its root in another rule", withRules(`
- {paths: ["/admin/*"], require: [{claim: role, values: [admin]}]}
- {paths: ["/admin"], require: [{claim: role, values: [staff]}]}`), nil},
	{"a root that is opened by name", withRules(`
- {paths: ["/admin"], auth: optional}
- {paths: ["/admin/*"], require: [{claim: role, values: [admin]}]}`), nil},
	{"a prefix that begins with its root", withRules(`
- {paths: ["/admin*", "/admin/*"], require: [{claim: role, values: [admin]}]}`), nil},

	{"a slash at the end for a prefix", withRules(`
- {paths: ["/admin", §"/admin/"], require: [{claim: role, values: [admin]}]}`), []find{
		{"warning", `rules[0].paths[1]: "/admin/" is that path alone, and the paths below it fall under no rule … write "/admin/*"`, "paths-that-end-in-a-slash"},
	}},
	{"a slash at the end, and what is below it", withRules(`
- {paths: ["/admin", "/admin/", "/admin/*"], require: [{claim: role, values: [admin]}]}`), nil},
	{"an open path with a slash at its end", withRules(`- {paths: ["/docs/"], auth: skip}`), nil},

	{"GET without HEAD before a weaker rule", withRules(`
- {paths: ["/x"], methods: §[GET]}
- auth: skip`), []find{
		{"warning", `rules[0].methods: this rule takes GET without HEAD, and HEAD falls under rules[1], which asks for less; write "HEAD"`, "get-without-head"},
	}},
	{"HEAD left out before a weaker rule", withRules(`
- {paths: ["/x"], notMethods: §[HEAD]}
- auth: skip`), []find{{"warning", `HEAD falls under rules[1]`, "get-without-head"}}},
	{"GET without HEAD, and nothing weaker behind it", withRules(`
- {methods: [GET]}
- {methods: [POST]}`), nil},
	{"HEAD in a rule of its own", withRules(`
- {methods: [GET]}
- {methods: [HEAD]}
- auth: skip`), nil},
	{"HEAD opened on purpose", withRules(`
- {paths: ["/x"], methods: [GET]}
- {paths: ["/x"], methods: [HEAD], auth: skip}`), nil},

	{"a weaker rule after one with hosts", withRules(`
- hosts: §["admin.example.com"]
- auth: skip`), []find{
		{"warning", `rules[0].hosts: a client that reaches this backend under another host falls under rules[1], which asks for less, and a client chooses its Host header; have Envoy's virtual hosts route only`, "hosts"},
	}},
	{"a condition for a host, and none for the others", withRules(`
- {hosts: §["admin.example.com"], require: [{claim: role, values: [admin]}]}`), []find{
		{"warning", `falls under no rule, so that only a session is required`, "hosts"},
	}},
	{"a weaker rule for other paths", withRules(`
- {hosts: ["admin.example.com"], paths: ["/admin", "/admin/*"]}
- {paths: ["/public*"], auth: skip}`), nil},
	{"hosts that ask for the same", withRules(`
- {hosts: ["a.example.com"]}
- {hosts: ["b.example.com"]}`), nil},

	{"a role without org:", withClerk(`
- require: [{claim: org_role, values: ["org:member", §admin]}]`), []find{
		{"warning", `rules[0].require[0].values[1]: "admin" is in no token: org_role begins with "org:"; write "org:admin"`, "organisation-prefixes"},
	}},
	{"a permission without org:", withClerk(`
- require: [{claim: [org_permissions], notValues: [§"reports:read"]}]`), []find{
		{"warning", `rules[0].require[0].notValues[0]: … write "org:reports:read"`, "organisation-prefixes"},
	}},
	{"roles and permissions with org:", withClerk(`
- require: [{claim: org_role, values: ["org:admin", "org:*", "*admin", "*", "o*"]}, {claim: org_permissions, values: ["org:reports:*"]}, {claim: role, values: [admin]}]`), nil},
	{"a role of another issuer", withRules(`- require: [{claim: org_role, values: [admin]}]`), nil},

	{"skip for everything", withRules(`- auth: §skip`), []find{
		{"warning", `rules[0].auth: every request falls under "skip", so no token is ever verified`, "nothing-is-verified"},
	}},
	{"skip for everything, in two rules", withRules(`
- {methods: [GET], auth: skip}
- {notMethods: [GET], auth: §skip}`), []find{{"warning", `every request falls under "skip"`, "nothing-is-verified"}}},
	{"a trial of everything", "onFailure: §log\n" + withRules(`- {paths: ["/a"], auth: skip}`), []find{
		{"warning", `onFailure: "log" lets every request pass`, "trials"},
	}},
	{"a trial of one rule", withRules(`- {paths: ["/a"], onFailure: §log}`), []find{
		{"warning", `rules[0].onFailure: "log" lets every request to this rule pass`, "trials"},
	}},
	{"skip for a part", withRules(`- {paths: ["/healthz", "/public/*"], auth: skip}`), nil},
}
