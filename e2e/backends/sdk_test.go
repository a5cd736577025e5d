package backends

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// TestSDKs starts each example that keeps its vendor's SDK. What the proxy
// forwards is what the SDK accepts: the same user, and no handshake of its own.
func TestSDKs(t *testing.T) {
	each(t, sdks, func(t *testing.T, s sdk) {
		addr := freeAddr(t)
		d := startProxy(t, addr)
		all := known(d.Issuers)
		command, _ := s.commands(t)
		p := start(t, s.copied(t), command, addr, s.environment(t, all)...)
		for _, r := range s.table {
			t.Run(r.name, func(t *testing.T) { s.ask(t, r, d.URL, all, p) })
		}
	})
}

// sdk is an example that keeps its vendor's SDK.
type sdk struct {
	example
	environment func(*testing.T, issuers) []string
	table       []row
}

var sdks = []sdk{
	{example{name: "express-clerk", needs: nodeAndNpm, advice: node, untested: true}, clerkKeys, clerkTable},
	{example{name: "nextjs-clerk", needs: nodeAndNpm, advice: node, untested: true}, clerkKeys, clerkTable},
	{example{name: "express-corbado", needs: nodeAndNpm, advice: node, untested: true}, corbadoKeys, corbadoTable},
}

// clerkKeys are an instance's, of which the secret one opens nothing.
func clerkKeys(_ *testing.T, all issuers) []string {
	issuer := all[idp.Clerk]
	return []string{
		"CLERK_PUBLISHABLE_KEY=" + issuer.PublishableKey, "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=" + issuer.PublishableKey,
		"CLERK_SECRET_KEY=sk_" + "live_" + "opensnothing", "CLERK_JWT_KEY=" + issuer.Key().PEM(),
		"CLERK_TELEMETRY_DISABLED=1", "NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED=1",
	}
}

// corbadoKeys are a project's, with a Frontend API on a loopback address.
func corbadoKeys(t *testing.T, all issuers) []string {
	issuer := all[idp.Corbado]
	keys := idp.NewServer(issuer)
	frontend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = issuer.Host
		keys.ServeHTTP(w, r)
	}))
	t.Cleanup(frontend.Close)
	return []string{
		"CORBADO_PROJECT_ID=" + issuer.ProjectID, "CORBADO_API_SECRET=corbado1_" + "opensnothing",
		"CORBADO_FRONTEND_API=" + frontend.URL, "CORBADO_BACKEND_API=" + frontend.URL,
	}
}

// document is what a browser sends when it opens a page.
var document = []string{"Accept", "text/html,application/xhtml+xml", "Sec-Fetch-Dest", "document", "X-Forwarded-Proto", "https"}

// handshakeToken brings a session.
func handshakeToken(all issuers) string {
	api := &frontendapi.API{Issuer: all[idp.Clerk]}
	return api.Token([]string{
		"__session=" + all.token(idp.Clerk, nil) + "; Path=/; Secure; SameSite=Lax",
		fmt.Sprintf("__client_uat=%d; Path=/; Domain=example.com; Secure; SameSite=Lax", time.Now().Add(-time.Hour).Unix()),
	})
}

// handshaken is a document request that comes back from a handshake: it has
// the handshake's token as a cookie, and none of a session.
func handshaken(all issuers) http.Header {
	header := with(nothing, document...)(all)
	header.Set("Cookie", "__clerk_handshake="+handshakeToken(all))
	return header
}

// backFromSDK is a document request of a signed-in visitor who comes back from
// a handshake that the SDK has asked for; it counts these.
func backFromSDK(all issuers) http.Header {
	header := with(cookie(idp.Clerk, nil), document...)(all)
	header.Set("Referer", "https://news.example.org/")
	header.Set("Cookie", header.Get("Cookie")+"; __clerk_redirect_count=1; __clerk_handshake="+handshakeToken(all))
	return header
}

var (
	// What Clerk's SDK says of the sessions: it has no name for the provider.
	clerkSDK        = clerk.but("provider", nil, "permissions", nil, "readsteams", true)
	signedOutOfSDK  = who{"signedin": false, "readsteams": false}
	corbadoSDK      = who{"signedin": true, "userid": "usr-corbado", "name": "Ada Example"}
	clerkVendorSays = []string{"X-Clerk-Auth-Status", "signed-in", "X-Clerk-Auth-Token", "a.b.c", "x_clerk_auth_status", "signed-in"}
)

var clerkTable = []row{
	{name: "no session", credential: nothing, host: open, path: "/whoami", status: http.StatusOK, who: signedOutOfSDK},
	{name: "no session, required", credential: nothing, host: open, path: "/hello", status: http.StatusUnauthorized},
	{name: "no session, refused by the proxy", credential: nothing, host: closed, path: "/hello", status: http.StatusUnauthorized, byProxy: true},
	{name: "no session, a document", credential: with(nothing, document...), host: open, path: "/whoami", status: http.StatusOK, who: signedOutOfSDK},
	{name: "bearer", credential: bearer(idp.Clerk, nil), host: open, path: "/hello", status: http.StatusOK, who: clerkSDK},
	{name: "cookie", credential: cookie(idp.Clerk, nil), host: open, path: "/hello", status: http.StatusOK, who: clerkSDK},
	{name: "cookie, required by the proxy", credential: cookie(idp.Clerk, nil), host: closed, path: "/hello", status: http.StatusOK, who: clerkSDK},
	{name: "cookie, a document", credential: with(cookie(idp.Clerk, nil), document...), host: open, path: "/hello", status: http.StatusOK, who: clerkSDK},
	// The SDK sends a visitor whom a link of another site brings through a
	// handshake, here as anywhere else: once.
	{name: "a link from elsewhere", credential: with(with(cookie(idp.Clerk, nil), document...), "Referer", "https://news.example.org/"),
		host: open, path: "/hello", status: http.StatusTemporaryRedirect},
	{name: "a link from elsewhere, back from the SDK's handshake", credential: backFromSDK, host: open, path: "/hello", status: http.StatusOK, who: clerkSDK},
	{name: "expired bearer", credential: bearer(idp.Clerk, expired()), host: open, path: "/whoami", status: http.StatusOK, who: signedOutOfSDK},
	{name: "expired cookie", credential: cookie(idp.Clerk, expired()), host: open, path: "/whoami", status: http.StatusOK, who: signedOutOfSDK},
	{name: "expired cookie, a document: the proxy's handshake", credential: with(cookie(idp.Clerk, expired()), document...), host: open, path: "/whoami",
		status: http.StatusTemporaryRedirect, byProxy: true},
	{name: "back from the handshake", credential: handshaken, host: open, path: "/hello", status: http.StatusOK, who: clerkSDK},
	{name: "another vendor's session", credential: bearer(idp.OneAuxilia, nil), host: open, path: "/whoami", status: http.StatusOK, who: signedOutOfSDK},
	{name: "spoofed headers of the SDK", credential: with(nothing, clerkVendorSays...), host: open, path: "/hello", status: http.StatusUnauthorized},
	{name: "impersonation", credential: bearer(idp.Clerk, claims{"act": map[string]any{"sub": "user_support"}}), host: open, path: "/hello", status: http.StatusOK,
		who: clerkSDK.but("actor", "user_support")},
}

var corbadoTable = []row{
	{name: "no session", credential: nothing, host: open, path: "/whoami", status: http.StatusOK, who: who{"signedin": false}},
	{name: "no session, required", credential: nothing, host: open, path: "/hello", status: http.StatusUnauthorized},
	{name: "bearer", credential: bearer(idp.Corbado, nil), host: open, path: "/hello", status: http.StatusOK, who: corbadoSDK},
	{name: "cookie", credential: cookie(idp.Corbado, nil), host: closed, path: "/hello", status: http.StatusOK, who: corbadoSDK},
	{name: "non-ASCII name", credential: cookie(idp.Corbado, claims{"name": awkward}), host: open, path: "/whoami", status: http.StatusOK,
		who: corbadoSDK.but("name", awkward)},
	// What was not verified does not reach the SDK, which would make a 500 of it.
	{name: "expired bearer", credential: bearer(idp.Corbado, expired()), host: open, path: "/whoami", status: http.StatusOK, who: who{"signedin": false}},
	{name: "expired cookie", credential: cookie(idp.Corbado, expired()), host: open, path: "/hello", status: http.StatusUnauthorized},
}
