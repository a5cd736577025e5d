package states

import "strconv"

// counted are n lines of cookies that may be set.
func counted(n int) []string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = "__clerk_" + strconv.Itoa(i) + "=1"
	}
	return lines
}

const signedIn = "__session={clerk}"

// returnLineRows: which lines of a handshake token go to the browser.
var returnLineRows = []row{
	{name: "lines: unchanged, in their order, once", request: returning,
		lines: []string{"__refresh_naoXFJnI=r; Path=/; HttpOnly; Secure", signedIn + "; Path=/", "__clerk_x=1", "__client=2; Domain=.example.com", "__session=" + "{clerk}; Max-Age=60"},
		page:  "signed-in user_one", other: noSession,
		cookies: []string{"__refresh_naoXFJnI=r; Path=/; HttpOnly; Secure", signedIn + "; Path=/", "__clerk_x=1", "__client=2; Domain=.example.com", signedIn + "; Max-Age=60"}},
	{name: "lines: those of other names are left out", request: returning,
		lines: []string{"theme=dark", signedIn, "_session=1", "__secure=1", "SID=1", "__Session=x", "x__session=1"},
		page:  "signed-in user_one", other: noSession, cookies: []string{signedIn}},
	{name: "lines: what is no line is left out", request: returning,
		handshake: `handshake:=[1,"__session={clerk}",null,["__clerk_a=1"],{"__clerk_b=1":1},true]`,
		page:      "signed-in user_one", other: noSession, cookies: []string{signedIn}},
	{name: "lines: without a value", request: returning,
		lines: []string{signedIn, "__clerk_a", "", "__session; Path=/; a=b", "=__session"},
		page:  "signed-in user_one", other: noSession, cookies: []string{signedIn}},
	{name: "lines: control characters and what is not ASCII", request: returning,
		lines: []string{signedIn, "__clerk_a=1\r\nset-cookie: b=2", "__clerk_b=1\n", "__clerk_c=\x00", "__clerk_d=\u00e9", "__clerk_e=\t", "__clerk_f=\x7f"},
		page:  "signed-in user_one", other: noSession, cookies: []string{signedIn}},
	{name: "lines: spaces before and in the name", request: returning,
		lines: []string{signedIn, " __session=x", "__session =x", "__session x=y", "__session,a=b"},
		page:  "signed-in user_one", other: noSession, cookies: []string{signedIn}},
	{name: "lines: 4096 bytes", request: returning,
		lines: []string{signedIn, "__client_x={repeat x 4085}"},
		page:  "signed-in user_one", other: noSession, cookies: []string{signedIn, "__client_x={repeat x 4085}"}},
	{name: "lines: 4097 bytes", request: returning,
		lines: []string{signedIn, "__client_x={repeat x 4086}"},
		page:  "signed-in user_one", other: noSession, cookies: []string{signedIn}},
	{name: "lines: sixteen", request: returning,
		lines: append(counted(15), signedIn),
		page:  "signed-in user_one", other: noSession, cookies: append(counted(15), signedIn)},
	{name: "lines: not the seventeenth", request: returning,
		lines: append(counted(16), signedIn),
		page:  "signed-out session-token-missing", other: noSession, cookies: counted(16)},
	{name: "lines: a client_uat that is no number is sent, but not forwarded", request: returning,
		lines: []string{signedIn, "__client_uat=a b"},
		page:  "signed-in user_one", other: noSession, cookies: []string{signedIn, "__client_uat=a b"},
		upstream: []string{"cookie: a=1; __client_uat=1; b=2; __session={clerk}"}},
	{name: "lines: none that counts is no handshake", request: returning,
		lines: []string{"theme=dark", "SID=1"},
		page:  "handshake client-uat-but-no-session-token", cookies: redirected},
}

// returnSessionRows: the session token among the lines.
var returnSessionRows = []row{
	{name: "its session: the last line that names one counts", request: returning,
		lines: []string{"__session={clerk sub=user_early}", "__session_x={clerk sub=user_late}", "__client_uat=1"},
		page:  "signed-in user_late", other: noSession, source: "cookie __session_x"},
	{name: "its session: an earlier bad one does not matter", request: returning,
		lines: []string{"__session=junk", signedIn},
		page:  "signed-in user_one", other: noSession, cookies: []string{"__session=junk", signedIn},
		upstream: []string{"cookie: a=1; __client_uat=1; b=2; __session={clerk}"}},
	{name: "its session: none", request: returning,
		lines: []string{"__client_uat=0; Path=/"},
		page:  "signed-out session-token-missing", other: noSession, cookies: []string{"__client_uat=0; Path=/"}},
	{name: "its session: emptied", request: returning,
		lines: []string{"__session={clerk}", "__session=; Max-Age=0", "__client_uat=0"},
		page:  "signed-out session-token-missing", other: noSession, cookies: []string{"__session={clerk}", "__session=; Max-Age=0", "__client_uat=0"}},
	{name: "its session: emptied with spaces", request: returning,
		lines: []string{"__session=  ; Max-Age=0"},
		page:  "signed-out session-token-missing", other: noSession},
	{name: "its session: bad signature", request: returning, lines: []string{"__session={clerk tamper=signature}", "__client_uat=1"},
		page: "handshake client-uat-but-no-session-token", cookies: redirected},
	{name: "its session: expired", request: returning, lines: []string{"__session={clerk exp=-9s}"},
		page: "handshake client-uat-but-no-session-token", cookies: redirected},
	{name: "its session: garbage", request: returning, lines: []string{"__session=junk"},
		page: "handshake client-uat-but-no-session-token"},
	{name: "its session: another instance's", request: returning, lines: []string{"__session={clerk2}"},
		page: "handshake client-uat-but-no-session-token"},
	{name: "its session: wrong azp", request: returning, lines: []string{"__session={clerk azp=https://evil.example}"},
		page: "handshake client-uat-but-no-session-token"},
	{name: "its session: wrong category", request: returning, lines: []string{"__session={clerk header.cat=cl_B7d4PD222AAA}"},
		page: "handshake client-uat-but-no-session-token"},
	{name: "its session: the handshake token itself", request: returning, lines: []string{"__session={clerk handshake:=[]}"},
		page: "handshake client-uat-but-no-session-token"},
	{name: "its session: in a line that is too long", request: returning, lines: []string{"__session={clerk pad=4000}"},
		page: "handshake client-uat-but-no-session-token", cookies: redirected},
	{name: "its session: pending", request: returning, lines: []string{"__session={clerk sts=pending}", "__client_uat=1"},
		page: "signed-out session-pending", other: noSession, cookies: []string{"__session={clerk sts=pending}", "__client_uat=1"}},
	{name: "its session: pending, in the query", request: "/?__clerk_handshake={handshake}\nCookie: __client_uat=1", lines: []string{"__session={clerk sts=pending}"},
		page: "handshake client-uat-but-no-session-token", other: noSession, location: "https://app.example.com/"},
	{name: "its session: none, in the query", request: "/?__clerk_handshake={handshake}\nCookie: __client_uat=1", lines: []string{"__client_uat=0"},
		page: "handshake client-uat-but-no-session-token", other: noSession, location: "https://app.example.com/", cookies: []string{"__client_uat=0"}},
	{name: "its session: bad, in the query", request: "/?__clerk_handshake={handshake}\nCookie: __client_uat=1", lines: []string{"__session=junk"},
		page: "handshake client-uat-but-no-session-token", location: to("https%3A%2F%2Fapp.example.com%2F"), cookies: redirected},
	{name: "its session: older than client_uat is fine", request: returning, lines: []string{signedIn, "__client_uat={now}"},
		page: "signed-in user_one", other: noSession},
}

// devLines are those of a development instance.
var devLines = []string{"__clerk_db_jwt=b2; Path=/", "__client_uat={now-30s}; Path=/", "__session={clerkdev}; Path=/"}

const noBrowser = "signed-out dev-browser-missing"

// returnDevelopmentRows: a development instance always redirects.
var returnDevelopmentRows = []row{
	{name: "return, development, query", config: "development", handshake: "clerkdev", lines: devLines,
		request: "/a?__clerk_handshake={handshake}&x=1&__clerk_db_jwt=b2",
		page:    "handshake dev-browser-sync", other: "signed-out dev-browser-sync",
		location: "https://app.example.com/a?x=1", cookies: devLines},
	{name: "return, development, cookie: counted, because the URL is the same", config: "development", handshake: "clerkdev", lines: devLines,
		request: "/a?x=1\nCookie: __clerk_handshake={handshake}",
		page:    "handshake dev-browser-missing", other: noBrowser,
		location: "https://app.example.com/a?x=1", cookies: append(devLines[:3:3], redirected...)},
	{name: "return, development, cookie: the guard ends it, signed in", config: "development", handshake: "clerkdev", lines: devLines,
		request: "Cookie: __clerk_handshake={handshake}; __clerk_redirect_count=3",
		page:    "signed-in user_dev", other: noBrowser, cookies: devLines},
	{name: "return, development: a session that expired an hour ago only redirects", config: "development", handshake: "clerkdev",
		lines:   []string{"__session={clerkdev exp=-1h}"},
		request: "/?__clerk_handshake={handshake}",
		page:    "handshake dev-browser-missing", other: noBrowser, location: "https://app.example.com/", cookies: []string{"__session={clerkdev exp=-1h}"}},
	{name: "return, development: a session from the future only redirects", config: "development", handshake: "clerkdev",
		lines:   []string{"__session={clerkdev iat=23h nbf=23h exp=24h}"},
		request: "/?__clerk_handshake={handshake}",
		page:    "handshake dev-browser-missing", other: noBrowser, location: "https://app.example.com/"},
	{name: "return, development: an expired session signs nobody in when the guard ends it", config: "development", handshake: "clerkdev",
		lines:   []string{"__session={clerkdev exp=-1h}"},
		request: "Cookie: __clerk_handshake={handshake}; __clerk_redirect_count=3",
		page:    "signed-out dev-browser-missing", cookies: []string{}},
	{name: "return, development: a session that expired two days ago is ignored", config: "development", handshake: "clerkdev",
		lines:   []string{"__session={clerkdev exp=-48h}"},
		request: "/?__clerk_handshake={handshake}",
		page:    "handshake dev-browser-missing", cookies: redirected},
	{name: "return, development: a bad session is ignored", config: "development", handshake: "clerkdev",
		lines:   []string{"__session={clerkdev tamper=signature}"},
		request: "/?__clerk_handshake={handshake}",
		page:    "handshake dev-browser-missing", cookies: redirected},
	{name: "return, development: a bad handshake token is no crash", config: "development",
		request: "/?__clerk_handshake=x\nCookie: __clerk_db_jwt=b",
		page:    "signed-out session-token-and-uat-missing"},
	{name: "return, development: a sign-out", config: "development", handshake: "clerkdev",
		lines:   []string{"__session=", "__client_uat=0"},
		request: "/?__clerk_handshake={handshake}\nCookie: __clerk_db_jwt=b; __client_uat=1",
		page:    "handshake client-uat-but-no-session-token", other: noSession, location: "https://app.example.com/", cookies: []string{"__session=", "__client_uat=0"}},
}

// keyRows: a request waits for the keys of what it shows, and 503 is the end.
var keyRows = []row{
	{name: "keys: none yet", keys: noKeys, request: "Authorization: Bearer {clerk}", page: "needs-keys keys-unavailable"},
	{name: "keys: none yet, in a cookie", keys: noKeys, request: "Cookie: __session={clerk}; __client_uat=1", page: "needs-keys keys-unavailable"},
	{name: "keys: none after waiting", keys: noKeys, waited: true, request: "Authorization: Bearer {clerk}", page: "signed-out keys-unavailable"},
	{name: "keys: the key server is down", keys: downKeys, request: "Authorization: Bearer {clerk}", page: "signed-out keys-unavailable"},
	{name: "keys: down, in a cookie, no handshake", keys: downKeys, request: "Cookie: __session={clerk}; __client_uat=1", page: "signed-out keys-unavailable"},
	{name: "keys: without a token nothing waits", keys: noKeys, page: "signed-out session-token-and-uat-missing"},
	{name: "keys: what needs no key is told at once", keys: noKeys, request: "Cookie: __session={clerk}", page: "handshake session-token-but-no-client-uat"},
	{name: "keys: what would fail anyway is told at once", keys: noKeys, request: "Authorization: Bearer {clerk exp=-9s}", page: "handshake session-token-expired"},
	{name: "keys: another issuer is told at once", keys: noKeys, request: "Authorization: Bearer {clerk iss=https://evil.example}", page: "signed-out token-invalid-issuer"},
	{name: "keys: a token without kid waits for none", keys: noKeys, request: "Authorization: Bearer {clerk -header.kid}", page: "signed-out token-verification-failed"},
	{name: "keys: an unknown kid may be fetched", keys: oldKeys, request: "Authorization: Bearer {clerk key=stray header.kid=stray}", page: "needs-keys keys-unavailable"},
	{name: "keys: an unknown kid, the last fetch failed", keys: staleKeys, request: "Authorization: Bearer {clerk key=stray header.kid=stray}", page: "signed-out keys-unavailable"},
	{name: "keys: a known kid while refreshing fails", keys: staleKeys, request: "Authorization: Bearer {clerk}", page: "signed-in user_one"},
	{name: "keys: a handshake token waits", keys: noKeys, request: returning, lines: brought, page: "needs-keys keys-unavailable", other: noSession},
	{name: "keys: a handshake token after waiting", keys: noKeys, waited: true, request: returning, lines: brought, page: "signed-out keys-unavailable", other: noSession},
	{name: "keys: a handshake token while the key server is down", keys: downKeys, request: returning, lines: brought, page: "signed-out keys-unavailable", other: noSession},
	{name: "keys: a handshake token of a new key waits", keys: oldKeys, request: returning, lines: brought, handshake: "key=stray header.kid=stray", page: "needs-keys keys-unavailable", other: noSession},
	{name: "keys: no handshake token in place of a session that cannot be judged", keys: staleKeys, lines: brought,
		request: "Cookie: __session={clerk key=stray header.kid=stray}; __client_uat=1; __clerk_handshake={handshake}", page: "signed-out keys-unavailable"},
	{name: "keys: an expired handshake token waits for nothing", keys: noKeys, request: returning, lines: brought, handshake: "exp=-9s", page: "handshake client-uat-but-no-session-token"},
	{name: "keys: the session in a handshake token waits", keys: oldKeys, request: returning, lines: []string{"__session={clerk key=stray header.kid=stray}"}, page: "needs-keys keys-unavailable", other: noSession},
	{name: "keys: the session in a handshake token, the last fetch failed", keys: staleKeys, request: returning, lines: []string{"__session={clerk key=stray header.kid=stray}"}, page: "signed-out keys-unavailable", other: noSession},
}
