package decisions

import (
	"strings"
	"testing"
)

// TestRequire: conditions on claims.
func TestRequire(t *testing.T) {
	const yes, no = true, false
	tests := []struct {
		name    string
		require string // of the rule
		claims  string // of the token
		holds   bool
	}{
		{"exact", `{"claim": "role", "values": ["admin"]}`, `"role":"admin"`, yes},
		{"exact: another", `{"claim": "role", "values": ["admin"]}`, `"role":"user"`, no},
		{"exact: case counts", `{"claim": "role", "values": ["admin"]}`, `"role":"Admin"`, no},
		{"exact: no spaces", `{"claim": "role", "values": ["admin"]}`, `"role":"admin "`, no},
		{"exact: not a part", `{"claim": "role", "values": ["admin"]}`, `"role":"administrator"`, no},
		{"exact: one of several", `{"claim": "role", "values": ["owner", "admin"]}`, `"role":"admin"`, yes},
		{"prefix", `{"claim": "role", "values": ["org:*"]}`, `"role":"org:admin"`, yes},
		{"prefix: alone", `{"claim": "role", "values": ["org:*"]}`, `"role":"org:"`, yes},
		{"prefix: not in the middle", `{"claim": "role", "values": ["org:*"]}`, `"role":"my org:x"`, no},
		{"suffix", `{"claim": "email", "values": ["*@example.com"]}`, `"email":"ada@example.com"`, yes},
		{"suffix: longer", `{"claim": "email", "values": ["*@example.com"]}`, `"email":"ada@example.com.evil"`, no},
		{"anything", `{"claim": "role", "values": ["*"]}`, `"role":"x"`, yes},
		{"anything: also the empty text", `{"claim": "role", "values": ["*"]}`, `"role":""`, yes},
		{"anything: not a missing claim", `{"claim": "role", "values": ["*"]}`, ``, no},
		{"anything: not null", `{"claim": "role", "values": ["*"]}`, `"role":null`, no},
		{"anything: not an object", `{"claim": "role", "values": ["*"]}`, `"role":{"a":1}`, no},
		{"anything: not an empty list", `{"claim": "role", "values": ["*"]}`, `"role":[]`, no},

		{"list: some element", `{"claim": "roles", "values": ["admin"]}`, `"roles":["user","admin"]`, yes},
		{"list: no element", `{"claim": "roles", "values": ["admin"]}`, `"roles":["user"]`, no},
		{"list: not inside of lists", `{"claim": "roles", "values": ["admin"]}`, `"roles":[["admin"]]`, no},
		{"list: not split at commas", `{"claim": "roles", "values": ["admin"]}`, `"roles":["user,admin"]`, no},
		{"list: not split at spaces", `{"claim": "roles", "values": ["admin"]}`, `"roles":["user admin"]`, no},
		{"list: numbers in it", `{"claim": "roles", "values": ["7"]}`, `"roles":[1,7]`, yes},

		{"text is no list", `{"claim": "roles", "values": ["admin"]}`, `"roles":"user admin"`, no},
		{"scope: a word", `{"claim": "scope", "values": ["write"]}`, `"scope":"read write"`, yes},
		{"scope: not a part of a word", `{"claim": "scope", "values": ["write"]}`, `"scope":"read rewrite"`, no},
		{"scope: many spaces", `{"claim": "scope", "values": ["write"]}`, `"scope":"  read   write "`, yes},
		{"scope: no other white space", `{"claim": "scope", "values": ["write"]}`, `"scope":"read\twrite"`, no},
		{"scope: no wide spaces", `{"claim": "scope", "values": ["write"]}`, `"scope":"read\u00a0write"`, no},
		{"scope: a list", `{"claim": "scope", "values": ["write"]}`, `"scope":["read","write"]`, yes},
		{"scp", `{"claim": "scp", "values": ["a"]}`, `"scp":"b a"`, yes},
		{"permission", `{"claim": "permission", "values": ["a"]}`, `"permission":"b a"`, yes},
		{"a scope deeper down", `{"claim": "x.scope", "values": ["a"]}`, `"x":{"scope":"b a"}`, yes},

		{"number", `{"claim": "level", "values": ["3"]}`, `"level":3`, yes},
		{"number: its text", `{"claim": "level", "values": ["3"]}`, `"level":3.0`, no},
		{"number: in quotes is the same text", `{"claim": "level", "values": ["3"]}`, `"level":"3"`, yes},
		{"true", `{"claim": "email_verified", "values": ["true"]}`, `"email_verified":true`, yes},
		{"false", `{"claim": "email_verified", "values": ["true"]}`, `"email_verified":false`, no},

		{"path", `{"claim": "realm_access.roles", "values": ["admin"]}`, `"realm_access":{"roles":["admin"]}`, yes},
		{"path: not a name with dots", `{"claim": "a.b", "values": ["x"]}`, `"a.b":"x"`, no},
		{"path: through text", `{"claim": "a.b", "values": ["x"]}`, `"a":"x"`, no},
		{"path: not through a list", `{"claim": "a.0", "values": ["x"]}`, `"a":["x"]`, no},
		{"path: no operators", `{"claim": "a.#", "values": ["1"]}`, `"a":["x"]`, no},
		{"path: no wild cards", `{"claim": ["ro*"], "values": ["x"]}`, `"role":"x"`, no},
		{"names", `{"claim": ["https://x.example/roles"], "values": ["admin"]}`, `"https://x.example/roles":["admin"]`, yes},
		{"names: two levels", `{"claim": ["a.b", "c"], "values": ["x"]}`, `"a.b":{"c":"x"}`, yes},
		{"names are case-sensitive", `{"claim": "role", "values": ["x"]}`, `"Role":"x"`, no},
		{"escaped text", `{"claim": "role", "values": ["admin"]}`, `"role":"\u0061dmin"`, yes},

		{"notValues: another", `{"claim": "role", "notValues": ["guest"]}`, `"role":"user"`, yes},
		{"notValues: it", `{"claim": "role", "notValues": ["guest"]}`, `"role":"guest"`, no},
		{"notValues: any element", `{"claim": "role", "notValues": ["guest"]}`, `"role":["user","guest"]`, no},
		{"notValues: a pattern", `{"claim": "role", "notValues": ["g*"]}`, `"role":"guest"`, no},
		{"notValues: a missing claim holds", `{"claim": "role", "notValues": ["guest"]}`, ``, yes},
		{"notValues: an object never holds", `{"claim": "by", "notValues": ["*"]}`, `"by":{"sub":"support"}`, no},
		{"notValues: an object, whatever the values", `{"claim": "by", "notValues": ["x"]}`, `"by":{"sub":"support"}`, no},
		{"notValues: an empty object", `{"claim": "by", "notValues": ["*"]}`, `"by":{}`, no},
		{"notValues: an object in a list", `{"claim": "by", "notValues": ["x"]}`, `"by":[{"sub":"support"}]`, no},
		{"notValues: a list in a list", `{"claim": "role", "notValues": ["guest"]}`, `"role":[["guest"]]`, no},
		{"notValues: null", `{"claim": "by", "notValues": ["*"]}`, `"by":null`, yes},
		{"notValues: null in a list", `{"claim": "role", "notValues": ["guest"]}`, `"role":["user",null]`, yes},
		{"notValues: an empty list", `{"claim": "by", "notValues": ["*"]}`, `"by":[]`, yes},
		{"notValues: everything is nothing", `{"claim": "act", "notValues": ["*"]}`, ``, yes},

		{"all must hold", `{"claim": "a", "values": ["1"]}, {"claim": "b", "values": ["2"]}`, `"a":"1","b":"2"`, yes},
		{"all must hold: one does not", `{"claim": "a", "values": ["1"]}, {"claim": "b", "values": ["2"]}`, `"a":"1"`, no},
		{"values and notValues of one claim", `{"claim": "a", "values": ["*"]}, {"claim": "a", "notValues": ["x"]}`, `"a":["x"]`, no},
		{"registered claims", `{"claim": "sub", "values": ["user_1"]}`, ``, yes},
		{"org names are nothing special here", `{"claim": "org_role", "values": ["org:admin"]}`, `"v":2,"o":{"rol":"admin"}`, no},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t, `{"providers": [{MINE}], "rules": [{"require": [`+test.require+`]}]}`)
			r := b.read("GET /\nAuthorization: Bearer {mine {" + test.claims + "}}")
			d := b.decide(r)
			want := claimsMismatch
			if test.holds {
				want = asUser1
			}
			if got := b.text(t, r, d); got != trimmed(want) {
				t.Error(got)
			}
		})
	}
}

// TestRequireOrganisation: the names org_* are the same for both versions of
// Clerk's tokens, and for OneAuxilia.
func TestRequireOrganisation(t *testing.T) {
	const v1 = `"org_id":"org_1","org_role":"org:admin","org_slug":"acme","org_permissions":["org:teams:read","org:teams:manage"]`
	const v2 = `"v":2,"o":{"id":"org_1","rol":"admin","slg":"acme","per":"read,manage","fpm":"3"},"fea":"o:teams"`
	for vendor, versions := range map[string][]string{"clerk": {v1, v2}, "aux": {v1, v2}} {
		for i, claims := range versions {
			for require, holds := range map[string]bool{
				`{"claim": "org_id", "values": ["org_1"]}`:                     true,
				`{"claim": "org_role", "values": ["org:admin"]}`:               true,
				`{"claim": "org_role", "values": ["admin"]}`:                   false,
				`{"claim": "org_slug", "values": ["ac*"]}`:                     true,
				`{"claim": "org_permissions", "values": ["org:teams:manage"]}`: true,
				`{"claim": "org_permissions", "values": ["org:teams:*"]}`:      true,
				`{"claim": "org_permissions", "values": ["org:users:read"]}`:   false,
				`{"claim": "org_id", "notValues": ["org_1"]}`:                  false,
				`{"claim": ["org_id"], "values": ["org_1"]}`:                   true,
			} {
				t.Run(vendor+" v"+string(rune('1'+i))+" "+require, func(t *testing.T) {
					b := newBench(t, `{"providers": [{`+strings.ToUpper(vendor)+`}], "rules": [{"require": [`+require+`]}]}`)
					d := b.decide(b.read("GET /\nAuthorization: Bearer {" + vendor + " {" + claims + "}}"))
					if passes := d.Answer.Status == 0; passes != holds {
						t.Error(d)
					}
				})
			}
		}
	}
	// Claims of the other version do not count beside "v": 2.
	b := newBench(t, `{"providers": [{CLERK}], "rules": [{"require": [{"claim": "org_role", "values": ["org:admin"]}]}]}`)
	if d := b.decide(b.read(`GET /
		Authorization: Bearer {clerk {"v":2,"org_role":"org:admin"}}`)); d.Answer.Status != 403 {
		t.Error(d)
	}
}
