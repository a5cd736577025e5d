package browser

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/websocket"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

// TestRefusals: a page on another origin reads why it was refused, wherever
// Envoy's own CORS filter stands; and a page that nobody named does not.
func TestRefusals(t *testing.T) {
	t.Parallel()
	issuer := issuers.OneAuxilia("oneauxilia.example.test")
	api := &frontendapi.API{Issuer: issuer, Domain: "example.test"}
	const filter = `{"providers": [{"preset": "oneauxilia", "issuer": "https://oneauxilia.example.test", "jwksCluster": "keys",
		"jwksUri": "https://oneauxilia.example.test/.well-known/jwks.json", "authorizedParties": ["` + appOrigin + `"]}],
		"rules": [{"paths": ["/admin"], "require": [{"claim": "org_role", "values": ["org:admin"]}]}]}`
	app := pages(askScript)
	app.Handle("/socket", websocket.Server{Handler: func(socket *websocket.Conn) {
		_ = websocket.Message.Send(socket, socket.Request().Header.Get("X-Identity-User-Id"))
	}})
	sockets := strings.Replace(filter, `"rules": [`, `"allowedOrigins": ["`+appOrigin+`"], "rules": [{"paths": ["/"], "auth": "optional"}, `, 1)
	s := startSite(t, []host{
		{name: "app.example.test", backend: app, filter: sockets},
		{name: "stranger.example.test", backend: pages(askScript)},
		{name: "none.other.test", backend: allowing(appOrigin, echo.Handler()), filter: filter},
		{name: "before.other.test", backend: echo.Handler(), filter: filter, cors: "before"},
		{name: "after.other.test", backend: echo.Handler(), filter: filter, cors: "after"},
	}, []*idp.Issuer{issuer}, map[string]http.Handler{"oneauxilia.example.test": api})

	b := s.browser.visitor(t)
	b.open("https://oneauxilia.example.test/sign-in?redirect_url=" + appOrigin + "/")
	b.click("button")
	b.until("location.href === '" + appOrigin + "/'")
	for _, one := range []struct{ host, name string }{
		{"none.other.test", "without Envoy's CORS filter"},
		{"before.other.test", "behind Envoy's CORS filter"},
		{"after.other.test", "before Envoy's CORS filter"},
	} {
		url := "https://" + one.host
		ran.run(t, "oneauxilia", "P4", "readable refusals of another origin, "+one.name, func(t *testing.T) {
			b.t = t
			b.is("ask('"+url+"/x')", "401 token-missing")
			b.is("ask('"+url+"/x', 'not-a-token')", "401 token-invalid")
			b.is("ask('"+url+"/x', cookie('__session'))", "200 user_oneauxilia")
			b.is("ask('"+url+"/admin', cookie('__session'))", "403 claims-mismatch")
			b.is("fetch('"+url+"/x').then(r => r.headers.get('www-authenticate'))", `Bearer realm="`+one.host+`"`)
		})
	}
	ran.run(t, "oneauxilia", "", "refusals that a page of an origin nobody named cannot read", func(t *testing.T) {
		stranger := s.browser.visitor(t)
		stranger.open("https://stranger.example.test/")
		for _, host := range []string{"none", "before", "after"} {
			stranger.is("ask('https://"+host+".other.test/x').catch(error => error.name)", "TypeError")
		}
	})
	ran.run(t, "oneauxilia", "", "a WebSocket, also of a page of a sibling host, which the cookie goes along with", func(t *testing.T) {
		b.t = t
		s.sockets(b)
	})
	b.t = t
	b.clean()
}

// sockets opens a WebSocket from the application's own page, and from one of a
// sibling host: that has the cookie, and is not among allowedOrigins.
func (s site) sockets(b *tab) {
	const open = `new Promise(resolve => {
		const socket = new WebSocket('wss://app.example.test/socket')
		socket.onmessage = message => resolve(message.data)
		socket.onclose = () => resolve('refused')
	})`
	b.is(open, "user_oneauxilia")
	sibling := b.another()
	sibling.open("https://stranger.example.test/")
	if eval[string](sibling, "cookie('__session') ?? ''") == "" {
		b.t.Error("the sibling has no cookie")
	}
	sibling.is(open, "refused")
	for deadline := time.Now().Add(patience); !strings.Contains(s.log.String(), "/socket 403 sessiongate{"); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			b.t.Fatalf("the log has no 403:\n%s", s.log)
		}
	}
	if !strings.Contains(s.log.String(), ":origin-not-allowed}") {
		b.t.Errorf("another reason:\n%s", s.log)
	}
}
