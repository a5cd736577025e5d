package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/loopback"
)

// TestCorbadoServices has Corbado's three scenarios with two services, each
// behind the filter: a cookie of the shared domain; another domain, so a CORS
// preflight and Bearer; and service A calling service B with the token that it
// was given, however that came.
func TestCorbadoServices(t *testing.T) {
	findEnvoy(t)
	m := &Mint{Now: time.Now()}
	var services services
	backend, stop, err := services.start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	e := startEnvoy(t, bootstrap{backend: backend, configs: map[string]string{
		"a": `{"providers": [{"preset": "corbado", "projectId": "pro-123", "jwksCluster": "idp", "tokenToHeader": "authorization"}]}`,
		"b": `{"providers": [{"preset": "corbado", "projectId": "pro-123", "jwksCluster": "idp", "fromCookies": []}]}`,
	}}, envoy.Options{Concurrency: 2})
	defer e.checkHealth(t)
	defer e.checkLogs(t)
	services.b = e.addrs["b"]

	for _, test := range []struct {
		name, to, request string
		want              Want
		// calls: A answers with what B answered to it.
		calls Want
	}{
		{name: "1: the cookie's domain covers A", to: "a",
			request: `
				GET /hello
				Host: a.example.com
				Cookie: cbo_session_token={corbado}`,
			want: Want{Upstream: corbadoUser + `
				authorization: Bearer {corbado}`}},
		{name: "2: another domain asks first", to: "b",
			request: `
				OPTIONS /hello
				Host: b.example.net
				Origin: https://a.example.com
				Access-Control-Request-Method: GET
				Access-Control-Request-Headers: authorization`,
			want: Want{Reason: "cors-preflight", Upstream: `x-identity-status: signed-out`}},
		{name: "2: and then sends Bearer", to: "b",
			request: `
				GET /hello
				Host: b.example.net
				Origin: https://a.example.com
				Authorization: Bearer {corbado}`,
			want: Want{Upstream: corbadoUser}},
		{name: "2: the cookie does not come along, nor would it count", to: "b",
			request: `
				GET /hello
				Host: b.example.net
				Cookie: cbo_session_token={corbado}`,
			want: Want{Status: 401, Reason: "token-missing"}},
		{name: "3: A got a cookie, and calls B", to: "a",
			request: `
				GET /call-b
				Host: a.example.com
				Cookie: cbo_session_token={corbado}`,
			calls: Want{Upstream: corbadoUser + `
				:path: /from-a
				authorization: Bearer {corbado}
				!cookie`}},
		{name: "3: A got Bearer, and calls B", to: "a",
			request: `
				GET /call-b
				Host: a.example.com
				Authorization: Bearer {corbado}`,
			calls: Want{Upstream: corbadoUser + `
				:path: /from-a
				authorization: Bearer {corbado}`}},
		{name: "3: a client cannot have A call B in its own name", to: "a",
			request: `
				GET /call-b
				Host: a.example.com
				X-Identity-User-Id: usr-mallory
				Cookie: cbo_session_token={corbado}`,
			calls: Want{Upstream: corbadoUser}},
		{name: "3: A is not reached without a session", to: "a",
			request: `
				GET /call-b
				Host: a.example.com
				Cookie: cbo_session_token={corbado exp=-1m}`,
			want: Want{Status: 401, Reason: "token-expired"}},
		{name: "3: B verifies again", to: "a",
			request: `
				GET /call-b-with-nothing
				Host: a.example.com
				Cookie: cbo_session_token={corbado}`,
			calls: Want{Status: 401, Reason: "token-missing"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := parseRequest(m.fill(test.request), "")
			got, err := send(e.addrs[test.to], s)
			if err != nil {
				t.Fatal(err)
			}
			want := test.want
			if strings.HasPrefix(s.Target, "/call") && got.Status == 200 {
				want = test.calls
				if err := json.Unmarshal([]byte(got.Body), &got); err != nil {
					t.Fatal(err)
				}
			}
			want.Upstream = m.fill(want.Upstream)
			check(t, onEnvoy, s, throughEnvoy(got), want)
		})
	}
}

// services are A and B: the backends behind two listeners. They know nothing
// of tokens but that A hands on the authorization that it was given.
type services struct {
	b string // address of B's proxy
}

func (s *services) start() (addr string, stop func(), err error) { return loopback.Serve(s) }

func (s *services) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	authorization := r.Header.Get("Authorization")
	switch r.URL.Path {
	default:
		echo.Handler().ServeHTTP(w, r)
		return
	case "/call-b":
	case "/call-b-with-nothing":
		authorization = ""
	}
	call, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://"+s.b+"/from-a", nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	call.Host = "b.example.net"
	if authorization != "" {
		call.Header.Set("Authorization", authorization)
	}
	answer, err := http.DefaultTransport.RoundTrip(call)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	_ = json.NewEncoder(w).Encode(response{Status: answer.StatusCode, Headers: lines(answer.Header), Body: string(body)})
}
