package decisions

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
)

// TestTokens: which tokens stay in a request. (The upstream never gets one that
// was not verified.)
func TestTokens(t *testing.T) {
	const everywhere = `"fromHeaders": [{"name": "authorization", "prefix": "Bearer"}, {"name": "x-token"}], "fromParams": ["t"], "fromCookies": ["s", "s2"]`
	const keep = `{"providers": [{MINE, ` + everywhere + `, "forwardOriginalToken": true}], "rules": [{"auth": "optional"}]}`
	const take = `{"providers": [{MINE, ` + everywhere + `}], "rules": [{"auth": "optional"}]}`
	const clerk = `{"providers": [{CLERK}], "rules": [{"auth": "optional"}]}`
	const clerkUser = `
		x-identity-status: signed-in
		x-identity-provider: clerk
		x-identity-user-id: user_c
		x-identity-session-id: sess_c`
	run(t, []row{
		{"kept: a header", keep, bearer("GET /"), false, "forward signed-in" + user1},
		{"kept: another header", keep, "GET /\nX-Token: {mine}", false, "forward signed-in" + user1},
		{"kept: a parameter", keep, "GET /?a=b&t={mine}", false, "forward signed-in" + user1},
		{"kept: a cookie", keep, "GET /\nCookie: a=b; s={mine}", false, "forward signed-in" + user1},
		{"kept: only that one, of a header", keep, "GET /?t=x&a=b\nAuthorization: Bearer {mine}\nX-Token: y\nCookie: s=z; c=d", false,
			"forward signed-in\n-x-token\n:path: /?a=b\ncookie: c=d" + user1},
		{"kept: only that one, of a parameter", keep, "GET /?a=b&t={mine}\nCookie: s=z; c=d; s2={mine}", false,
			"forward signed-in\ncookie: c=d" + user1},
		{"kept: only that one, of a cookie", keep, "GET /\nCookie: s={mine}; s2={mine tamper=signature}; c=d", false,
			"forward signed-in\ncookie: s={mine}; c=d" + user1},
		{"kept: the same token in another cookie", keep, "GET /\nCookie: s={mine}; s2={mine}; c=d", false, "forward signed-in" + user1},
		{"kept: not in a cookie of another provider", `{"providers": [{MINE, "fromCookies": ["s"], "forwardOriginalToken": true}, {OTHER, "fromCookies": ["o"]}]}`,
			"GET /\nCookie: s={mine}; o={mine}; c=d", false, "forward signed-in\ncookie: s={mine}; c=d" + user1},
		{"kept: in a cookie that two providers read", `{"providers": [{MINE, "fromCookies": ["s"], "forwardOriginalToken": true}, {OTHER, "fromCookies": ["s"]}]}`,
			"GET /\nCookie: s={mine}; c=d", false, "forward signed-in" + user1},
		{"kept: the cookie of that name that was verified", keep, "GET /\nCookie: s={mine}; s={mine tamper=signature}; c=d", false,
			"forward signed-in\ncookie: s={mine}; c=d" + user1},
		{"kept: not a cookie whose name only looks like it", keep, "GET /\nCookie: \"s\"={mine tamper=signature}; s={mine}; c=d", false,
			"forward signed-in\ncookie: s={mine}; c=d" + user1},
		{"kept: an empty cookie before it goes", keep, "GET /\nCookie: s=; s={mine}", false, "forward signed-in\ncookie: s={mine}" + user1},
		{"kept: not on a signed-out request", keep, "GET /\nCookie: s={mine tamper=signature}; c=d", false, `
			forward signed-out
			cookie: c=d
			x-identity-status: signed-out
			x-identity-reason: token-invalid-signature`},

		{"taken: a header", take, bearer("GET /"), false, asUser1},
		{"taken: a parameter", take, "GET /a?t={mine}", false, "forward signed-in\n:path: /a" + user1},
		{"taken: a parameter, the rest stays", take, "GET /a?x=%41&t={mine}&&y", false, "forward signed-in\n:path: /a?x=%41&&y" + user1},
		{"taken: a cookie", take, "GET /\nCookie: s={mine}", false, "forward signed-in\n-cookie" + user1},
		{"taken: cookies on several lines become one", take, "GET /\nCookie: a=b\nCookie: s={mine}; c=\"d\"", false,
			"forward signed-in\ncookie: a=b; c=\"d\"" + user1},
		{"nothing taken: cookies stay as they are", take, "GET /\nCookie: a=b\nCookie: c=d", false, passesWithout},
		{"other schemes are left alone", take, "GET /\nAuthorization: Basic YTpi\nCookie: s={mine}", false, "forward signed-in\n-cookie" + user1},
		{"SigV4 is left alone", take, "GET /\nAuthorization: AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c\nCookie: s={mine}", false,
			"forward signed-in\n-cookie" + user1},
		{"a scheme that only begins alike is left alone", take, "GET /\nAuthorization: BearerX abc", false, passesWithout},
		{"a scheme alone is no token", take, "GET /\nAuthorization: Bearer", false, passesWithout},
		{"a header in other letters", take, "GET /\nx_token: {mine tamper=signature}", false, "forward signed-out\n-x_token\nx-identity-status: signed-out\nx-identity-reason: token-missing"},
		{"a token that a laxer server would read", take, "GET /\nAuthorization: \"Bearer {mine tamper=signature}\"", false,
			"forward signed-out\n-authorization\nx-identity-status: signed-out\nx-identity-reason: token-missing"},
		{"a token after a prefix with a comma", `{"providers": [{MINE, "fromHeaders": [{"name": "x-token", "prefix": "id, key="}]}], "rules": [{"auth": "optional"}]}`,
			"GET /\nX-Token: id, key={mine tamper=signature}", false, "forward signed-out\n-x-token\nx-identity-status: signed-out\nx-identity-reason: token-invalid-signature"},
		{"another scheme before it, without a comma", take, "GET /\nAuthorization: Basic Bearer {mine tamper=signature}", false, passesWithout},

		{"clerk: only the cookie that was read stays", clerk, `GET /
			Cookie: __session={clerk tamper=signature}; __session_naoXFJnI={clerk}; __client_uat_naoXFJnI=1799999000; __client_uat=1799999000; a=b`, false, `
			forward signed-in
			cookie: __session_naoXFJnI={clerk}; __client_uat_naoXFJnI=1799999000; __client_uat=1799999000; a=b` + clerkUser},
		{"clerk: the suffixed one", clerk, `GET /
			Cookie: __session={clerk {"iat":1799999990}}; __session_naoXFJnI={clerk}; __client_uat_naoXFJnI=1799999000; __client_uat=1799999000; a=b`, false, `
			forward signed-in
			cookie: __session_naoXFJnI={clerk}; __client_uat_naoXFJnI=1799999000; __client_uat=1799999000; a=b` + clerkUser},
		{"clerk: another instance's cookie is not ours to take", clerk, `GET /
			Cookie: __session_ABCDEFGH=x; __session_naoXFJnI={clerk}; __client_uat_naoXFJnI=1799999000`, false,
			"forward signed-in" + clerkUser},
		{"clerk: handshake tokens go", clerk, "GET /?__clerk_handshake=x&a=b\nCookie: __clerk_handshake=y; a=b", false, `
			forward signed-out
			:path: /?a=b
			cookie: a=b
			x-identity-status: signed-out
			x-identity-reason: session-token-and-uat-missing`},
	})
}

// TestTokensInOtherCase: names are read as they stand, and taken away without
// regard to case.
func TestTokensInOtherCase(t *testing.T) {
	const keep = `{"providers": [{MINE, "fromParams": ["task"], "fromCookies": ["task", "s"], "forwardOriginalToken": true}], "rules": [{"paths": ["/log"], "onFailure": "log"}, {"auth": "optional"}]}`
	const take = `{"providers": [{MINE, "fromParams": ["task"], "fromCookies": ["task", "s"]}], "rules": [{"auth": "optional"}]}`
	const both = `{"providers": [{MINE, "fromCookies": ["s"], "forwardOriginalToken": true}, {OTHER, "fromCookies": ["S"], "forwardOriginalToken": true}], "rules": [{"auth": "optional"}]}`
	const clerk = `{"providers": [{CLERK}], "rules": [{"auth": "optional"}]}`
	const page = `{"providers": [{MINE, "fromParams": ["task"]}], "signInUrl": "https://a.example.com/in"}`
	nobody := func(changes string) string {
		return "forward signed-out" + changes + "\nx-identity-status: signed-out\nx-identity-reason: token-missing"
	}
	run(t, []row{
		{"kept: a cookie, its look-alike goes", keep, "GET /\nCookie: s={mine}; S={mine tamper=signature}; c=d", false, "forward signed-in\ncookie: s={mine}; c=d" + user1},
		{"kept: a cookie, its look-alike before it goes", keep, "GET /\nCookie: S={mine tamper=signature}; s={mine}; c=d", false, "forward signed-in\ncookie: s={mine}; c=d" + user1},
		{"kept: a cookie, its look-alike of the same value goes", keep, "GET /\nCookie: s={mine}; S={mine}; \"s\"={mine}", false, "forward signed-in\ncookie: s={mine}" + user1},
		{"kept: a cookie, look-alikes on other lines go", keep, "GET /\nCookie: TASK=x\nCookie: task={mine}; Task=y\nCookie: tAsK=z; c=d", false,
			"forward signed-in\ncookie: task={mine}; c=d" + user1},
		{"kept: a cookie, escaped look-alikes go", keep, "GET /\nCookie: task={mine}; %54ask=x; TA%53K[]=y; c=d TASK=z", false,
			"forward signed-in\ncookie: task={mine}" + user1},
		{"kept: a cookie, what folds to it beyond ASCII goes", keep, "GET /\nCookie: task={mine}; ta\u017fk=x; tas\u212a=y; %74a%C5%BF%E2%84%AA=z; %c5%bf=1", false,
			"forward signed-in\ncookie: task={mine}" + user1},
		{"kept: a parameter, its look-alike goes", keep, "GET /?TASK=x&task={mine}&a=b&Task", false, "forward signed-in\n:path: /?task={mine}&a=b" + user1},
		{"kept: a parameter, look-alikes of the same value go", keep, "GET /?a=b&task={mine}&TASK={mine}&task[]={mine}&c;task={mine}", false,
			"forward signed-in\n:path: /?a=b&task={mine}&c" + user1},
		{"kept: a parameter, what folds to it beyond ASCII goes", keep, "GET /?task={mine}&ta%C5%BFk=x&%54as%E2%84%AA=y&a", false,
			"forward signed-in\n:path: /?task={mine}&a" + user1},
		{"kept: nothing is taken where rules only log", keep, "GET /log?TASK=x\nCookie: s={mine}; S={mine tamper=signature}", false, "forward signed-in" + user1},

		{"taken: all of a name", take, "GET /?TASK=x&a=b\nCookie: S=x; s={mine}; a=b; Task=y", false, "forward signed-in\n:path: /?a=b\ncookie: a=b" + user1},
		{"not read: a cookie", keep, "GET /\nCookie: S={mine}; c=d", false, nobody("\ncookie: c=d")},
		{"not read: a parameter", keep, "GET /?TASK={mine}&a=b", false, nobody("\n:path: /?a=b")},
		{"left out of redirect_url", page, "GET /?Task=x&a=b" + document, false, `
			respond redirected 307
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< location: https://a.example.com/in?redirect_url=https%3A%2F%2Fapp.example.com%2F%3Fa%3Db`},

		{"two providers: the one that is verified stays", both, "GET /\nCookie: s={mine tamper=signature}; S={other}; c=d", false, "forward signed-in\ncookie: S={other}; c=d" + user2},
		{"two providers: the other one goes", both, "GET /\nCookie: s={mine}; S={other}; c=d", false, "forward signed-in\ncookie: s={mine}; c=d" + user1},

		{"clerk: session and handshake cookies", clerk, `GET /?__Clerk_Handshake=x&a=b
			Cookie: __SESSION=x; __session_naoXFJnI={clerk}; __Session_NAOXFJNI=y; __client_uat_naoXFJnI=1799999000; __CLERK_HANDSHAKE=z; a=b`, false, `
			forward signed-in
			:path: /?a=b
			cookie: __session_naoXFJnI={clerk}; __client_uat_naoXFJnI=1799999000; a=b
			x-identity-status: signed-in
			x-identity-provider: clerk
			x-identity-user-id: user_c
			x-identity-session-id: sess_c`},
		{"clerk: cookies without tokens stay", clerk, "GET /\nCookie: __CLIENT_UAT=1; __Clerk_DB_jwt=2", false,
			"forward signed-out\nx-identity-status: signed-out\nx-identity-reason: session-token-and-uat-missing"},
	})
}

// TestTokenToHeader: the verified token in a header of the user's choice.
func TestTokenToHeader(t *testing.T) {
	const toOwn = `{"providers": [{MINE, "fromCookies": ["s"], "tokenToHeader": "x-user-token"}], "rules": [
		{"paths": ["/skip"], "auth": "skip"}, {"paths": ["/log"], "onFailure": "log"}, {"auth": "optional"}]}`
	const toAuthorization = `{"providers": [{MINE, "fromCookies": ["s"], "tokenToHeader": "authorization"}, {OTHER}], "rules": [{"auth": "optional"}]}`
	const otherKeeps = `{"providers": [{MINE, "tokenToHeader": "x-user-token"}, {OTHER, "fromCookies": ["o"]}], "rules": [{"auth": "optional"}]}`
	run(t, []row{
		{"from a cookie", toOwn, "GET /\nCookie: s={mine}", false, "forward signed-in\n-cookie\nx-user-token: Bearer {mine}" + user1},
		{"from Authorization", toOwn, bearer("GET /"), false, "forward signed-in\n-authorization\nx-user-token: Bearer {mine}" + user1},
		{"replaces what a client wrote", toOwn, bearer("GET /") + "\nX-User-Token: Basic x\nx_user_token: y", false,
			"forward signed-in\n-authorization\n-x_user_token\nx-user-token: Bearer {mine}" + user1},
		{"replaces a client's token, twice", toOwn, bearer("GET /") + "\nX-User-Token: Bearer a\nX-User-Token: Bearer b", false,
			"forward signed-in\n-authorization\n-x-user-token\nx-user-token: Bearer {mine}" + user1},
		{"to Authorization, from a cookie", toAuthorization, "GET /\nCookie: s={mine}", false, "forward signed-in\n-cookie\nauthorization: Bearer {mine}" + user1},
		{"to Authorization, where it was", toAuthorization, bearer("GET /"), false, "forward signed-in\n-authorization\nauthorization: Bearer {mine}" + user1},
		{"replaces another scheme", toAuthorization, "GET /\nCookie: s={mine}\nAuthorization: Basic YTpi", false,
			"forward signed-in\n-cookie\nauthorization: Bearer {mine}" + user1},
		{"signed-out: a bearer value goes", toOwn, "GET /\nX-User-Token: Bearer {mine tamper=signature}", false,
			"forward signed-out\n-x-user-token\nx-identity-status: signed-out\nx-identity-reason: token-missing"},
		{"signed-out: in other letters", toOwn, "GET /\nx_user_token: bearer {mine tamper=signature}", false,
			"forward signed-out\n-x_user_token\nx-identity-status: signed-out\nx-identity-reason: token-missing"},
		{"signed-out: another value stays", toOwn, "GET /\nX-User-Token: Basic YTpi", false, passesWithout},
		{"skip: it stays", toOwn, "GET /skip\nX-User-Token: Bearer x", false, skipped},
		{"log: it stays on a signed-out request", toOwn, "GET /log\nX-User-Token: Bearer x", false, `
			forward denied logged
			x-identity-status: signed-out
			x-identity-reason: token-missing`},
		{"signed in by another: a bearer value goes", otherKeeps, "GET /\nCookie: o={other}\nX-User-Token: Bearer {mine tamper=signature}", false,
			"forward signed-in\n-x-user-token\n-cookie" + user2},
	})
}

// TestStrip: headers that clients may not set, in every spelling.
func TestStrip(t *testing.T) {
	const outputs = `{"providers": [{MINE, "outputClaimToHeaders": [{"header": "X-Role", "claim": "role"}], "outputPayloadToHeader": "x-payload"}],
		"stripHeaders": ["x-secret"], "identityHeaderPrefix": "x-me-", "rules": [{"auth": "skip"}]}`
	const skip = `{"providers": [{MINE}], "rules": [{"auth": "skip"}]}`
	run(t, []row{
		{"identity headers", skip, "GET /\nX-Identity-User-Id: a\nX-Identity-Anything: b", false, "forward skipped\n-x-identity-user-id\n-x-identity-anything"},
		{"once each", skip, "GET /\nX-Identity-User-Id: a\nX-IDENTITY-USER-ID: b", false, "forward skipped\n-x-identity-user-id"},
		{"underscores", skip, "GET /\nx_identity_user_id: a", false, "forward skipped\n-x_identity_user_id"},
		{"mixed", skip, "GET /\nX_Identity-User_Id: a\nx.identity.user-id: b\nx~identity!user#id: c", false,
			"forward skipped\n-x_identity-user_id\n-x.identity.user-id\n-x~identity!user#id"},
		{"not the prefix alone without its end", skip, "GET /\nX-Identity: a\nX-Identityx: b", false, skipped},
		{"targets of other servers", skip, "GET /\nX-Original-URL: /admin\nX-Rewrite-URL: /admin\nX_Original_Url: /admin", false,
			"forward skipped\n-x-original-url\n-x-rewrite-url\n-x_original_url"},
		{"outputs and a list of one's own", outputs, "GET /\nx_role: admin\nX-Payload: p\nX-Secret: s\nX-Me-User-Id: u\nX-Identity-User-Id: free", false,
			"forward skipped\n-x_role\n-x-payload\n-x-secret\n-x-me-user-id"},
		{"a list of one's own replaces the default", outputs, "GET /\nX-Original-URL: /a", false, skipped},
		{"a name that pseudo headers fold to", `{"providers": [{MINE, "tokenToHeader": "-authority"}], "stripHeaders": ["-path", "_method"], "rules": [{"auth": "skip"}]}`,
			"GET /Bearer%20x\n-path: /admin\n_Method: POST", false, "forward skipped\n--path\n-_method"},
		{"clerk's headers", `{"providers": [{CLERK}], "rules": [{"auth": "skip"}]}`, "GET /\nX-Clerk-Auth-Status: signed-in\nx_clerk_auth_token: x", false,
			"forward skipped\n-x-clerk-auth-status\n-x_clerk_auth_token"},
		{"clerk's headers are nothing to others", skip, "GET /\nX-Clerk-Auth-Status: signed-in", false, skipped},
		{"another prefix for what is set", `{"providers": [{MINE}], "identityHeaderPrefix": "x-me-"}`, bearer("GET /"), false, `
			forward signed-in
			-authorization
			x-me-status: signed-in
			x-me-provider: mine
			x-me-user-id: user_1`},
		{"removed before they are set", "", bearer("GET /") + "\nX-Identity-User-Id: root\nX-Identity-Org-Role: admin", false, `
			forward signed-in
			-x-identity-user-id
			-x-identity-org-role
			-authorization` + user1},
	})
}

// TestTrailers: what clients may not set in trailers either.
func TestTrailers(t *testing.T) {
	policy := load(t, `{"providers": [{MINE, "outputClaimToHeaders": [{"header": "x-role", "claim": "role"}], "tokenToHeader": "x-user-token",
		"fromHeaders": [{"name": "x-token"}]}]}`)
	got := policy.Forbidden([][2]string{
		{"x-identity-user-id", "a"}, {"x_identity_user_id", "a"}, {"x-identity-user-id", "b"}, {"x-role", "r"}, {"x-checksum", "c"},
		{"x-original-url", "/"}, {"grpc-status", "0"}, {"authorization", "Bearer x"}, {"cookie", "a=b"}, {"x-user-token", "x"}, {"x_token", "x"},
	})
	want := []string{"x-identity-user-id", "x_identity_user_id", "x-role", "x-original-url", "authorization", "cookie", "x-user-token", "x_token"}
	if len(got) != len(want) {
		t.Fatalf("%q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%q, want %q", got[i], want[i])
		}
	}
}

// FuzzAuthorization: a header in which request.Bearer finds a token never
// stays as it is, unless that token signed the request in.
func FuzzAuthorization(f *testing.F) {
	for _, seed := range []string{"Bearer a", "bearer\tb", "Basic Bearer a", "Basic a, bearer b", " ,Bearer  c", "\"Bearer x\""} {
		f.Add(seed)
	}
	b := newBench(f, `{"providers": [{MINE}, {OTHER, "fromHeaders": [{"name": "x-token", "prefix": "tok="}]}], "rules": [{"auth": "optional", "providers": ["mine"]}]}`)
	f.Fuzz(func(t *testing.T, value string) {
		for _, source := range [][2]string{{"authorization", "Bearer"}, {"x-token", "tok="}} {
			r := request.Read([][2]string{{":path", "/"}, {":method", "GET"}, {":authority", "a"}, {source[0], value}})
			found, why := r.Bearer(source[0], source[1])
			d := b.decide(r)
			removed := false
			for _, e := range d.Changes() {
				removed = removed || e.Op == policy.Remove && e.Name == source[0]
			}
			if (found.Present || why != reason.None) && d.Outcome == policy.Forward && !removed {
				t.Errorf("%s: %q is forwarded", source[0], value)
			}
		}
	})
}
