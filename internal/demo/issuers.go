package demo

import (
	"net/http"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/console"
	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/demo/page"
)

// vendors are those that envoy.yaml trusts, in the page's order.
var vendors = []idp.Vendor{idp.Clerk, idp.OneAuxilia, idp.Corbado}

// clerkHost is the Frontend API in envoy.yaml's publishable key.
const clerkHost = "clerk.example.com"

// pageLifetime is that of the tokens that the page gets: short enough to watch
// one end.
const pageLifetime = 10 * time.Second

// issuers are those that envoy.yaml trusts.
func issuers() ([]*idp.Issuer, error) {
	clerk, err := idp.NewClerk(clerkHost, true)
	if err != nil {
		return nil, err
	}
	oneauxilia, err := idp.NewOneAuxilia("oneauxilia.example.com")
	if err != nil {
		return nil, err
	}
	corbado, err := idp.NewCorbado("pro-123")
	if err != nil {
		return nil, err
	}
	return []*idp.Issuer{clerk, oneauxilia, corbado}, nil
}

// profiles are the users that an issuer's sign-in page offers: one may open
// the page for administrators, the other may not.
func profiles(issuer *idp.Issuer) []frontendapi.Profile {
	ada, _ := issuer.Session(time.Now()).Claims["sub"].(string)
	admin, member := map[string]any{}, map[string]any{}
	grace := "user_grace"
	switch issuer.Vendor {
	case idp.Clerk:
		member["o"] = map[string]any{"id": "org_clerk", "slg": "acme", "rol": "member", "per": "read", "fpm": "1,1"}
	case idp.OneAuxilia:
		admin["org_role"] = "org:admin"
	case idp.Corbado:
		grace = "usr-grace"
		member["name"], member["email"], member["orig"] = "Grace Example", "grace@example.com", "grace@example.com"
	}
	return []frontendapi.Profile{
		{User: ada, Name: "Ada, an administrator", Claims: admin},
		{User: grace, Name: "Grace, a member", Claims: member},
	}
}

// frontend is the Frontend API of an issuer, for pages on loopback. What it is
// asked to do about sessions is told to the console.
func frontend(issuer *idp.Issuer) *frontendapi.API {
	return &frontendapi.API{Issuer: issuer, Domain: "127.0.0.1", Lifetime: pageLifetime, Profiles: profiles(issuer)}
}

// watched tells the console what a Frontend API is asked to do.
func watched(next *frontendapi.API, feed *console.Feed) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		what := ""
		switch path := r.URL.Path; {
		case path == "/v1/client/handshake":
			what = "handshake"
		case r.Method == http.MethodPost && strings.HasSuffix(path, "/tokens"):
			what = "token"
		case r.Method == http.MethodPost && path == "/sign-in":
			what = "sign-in"
		case r.Method == http.MethodPost && path == "/v1/client/sessions":
			what = "sign-out"
		}
		if what != "" {
			feed.Add("", "frontend", [][2]string{
				{"what", what}, {"reason", r.URL.Query().Get("__clerk_hs_reason")}, {"vendor", string(next.Issuer.Vendor)},
			})
		}
		next.ServeHTTP(w, r)
	})
}

// pageVendor is what the page has to know of an issuer.
func pageVendor(issuer *idp.Issuer, frontend string) page.Vendor {
	v := page.Vendor{
		Name: string(issuer.Vendor), Cookies: []string{issuer.Vendor.Cookie()}, FrontendAPI: "http://" + frontend,
		Title: map[idp.Vendor]string{idp.Clerk: "Clerk", idp.OneAuxilia: "OneAuxilia", idp.Corbado: "Corbado"}[issuer.Vendor],
	}
	if issuer.Vendor == idp.Clerk {
		v.Cookies = append(v.Cookies, v.Cookies[0]+"_"+issuer.CookieSuffix())
	}
	return v
}
