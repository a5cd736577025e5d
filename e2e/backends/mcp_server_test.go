package backends

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	kit "github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

// authorizationServer is one of OAuth that registers every client and says yes
// to everything, as far as an MCP client needs it.
type authorizationServer struct {
	*httptest.Server
	issuer *idp.Issuer

	mu       sync.Mutex
	scope    string // of the last request
	resource string
}

func startAuthorizationServer(t *testing.T) *authorizationServer {
	t.Helper()
	issuer := kit.Plain("as.example.com")
	s := &authorizationServer{issuer: issuer}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/oauth-authorization-server", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, http.StatusOK, map[string]any{
			"issuer": s.URL, "authorization_endpoint": s.URL + "/authorize", "token_endpoint": s.URL + "/token",
			"registration_endpoint": s.URL + "/register", "response_types_supported": []string{"code"},
			"code_challenge_methods_supported": []string{"S256"}, "token_endpoint_auth_methods_supported": []string{"none"},
		})
	})
	mux.HandleFunc("POST /register", func(w http.ResponseWriter, r *http.Request) {
		client := map[string]any{}
		_ = json.NewDecoder(r.Body).Decode(&client)
		client["client_id"] = "client_1"
		reply(w, http.StatusCreated, client)
	})
	mux.HandleFunc("GET /authorize", func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		s.mu.Lock()
		s.scope, s.resource = query.Get("scope"), query.Get("resource")
		s.mu.Unlock()
		back := query.Get("redirect_uri") + "?" + url.Values{"code": {"yes"}, "state": query["state"]}.Encode()
		http.Redirect(w, r, back, http.StatusFound)
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, http.StatusOK, map[string]any{"access_token": s.token(), "token_type": "Bearer", "expires_in": 300})
	})
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// token is for what was asked last.
func (s *authorizationServer) token() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	session := s.issuer.Session(time.Now())
	session.Header["typ"] = "at+jwt"
	session.Claims["iss"], session.Claims["aud"], session.Claims["scope"] = s.URL, s.resource, s.scope
	session.Claims["client_id"] = "client_1"
	return session.Token()
}

// mcpServer is the least that a client lists tools of. Its one tool has the name
// of the user that the proxy has told it of.
func mcpServer() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var call struct {
			ID     any
			Method string
			Params struct{ ProtocolVersion string }
		}
		if r.Method != http.MethodPost || json.NewDecoder(r.Body).Decode(&call) != nil {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		var result any
		switch call.Method {
		case "initialize":
			result = map[string]any{
				"protocolVersion": call.Params.ProtocolVersion, "capabilities": map[string]any{"tools": map[string]any{}},
				"serverInfo": map[string]any{"name": "test", "version": "1"},
			}
		case "tools/list":
			name := fmt.Sprint("of ", r.Header.Get("X-Identity-User-Id"), " from ", r.Header.Get("X-Identity-Provider"))
			result = map[string]any{"tools": []any{map[string]any{"name": name, "inputSchema": map[string]any{"type": "object"}}}}
		default:
			w.WriteHeader(http.StatusAccepted)
			return
		}
		reply(w, http.StatusOK, map[string]any{"jsonrpc": "2.0", "id": call.ID, "result": result})
	})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
