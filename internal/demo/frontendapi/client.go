package frontendapi

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// client answers what a vendor's script asks for first: which session the
// browser has.
func (a *API) client(w http.ResponseWriter, r *http.Request) {
	id, c := a.visit(w, r)
	answer(w, http.StatusOK, map[string]any{"response": a.clientObject(id, c, party(r)), "client": nil})
}

// clientObject is a client in the shape that ClerkJS reads, for a page of an
// origin.
func (a *API) clientObject(id string, c *client, party string) any {
	a.mu.Lock()
	user := c.user
	a.mu.Unlock()
	object := map[string]any{"object": "client", "id": "client_" + id, "sessions": []any{}, "last_active_session_id": nil}
	if user == "" {
		return object
	}
	session := map[string]any{
		"object": "session", "id": a.sessionID(), "status": "active",
		"user": map[string]any{"object": "user", "id": user},
		// ClerkJS takes a session for expired without these (milliseconds).
		"expire_at": time.Now().Add(24 * time.Hour).UnixMilli(), "abandon_at": time.Now().Add(48 * time.Hour).UnixMilli(),
		// Without one, ClerkJS empties the session cookie until it asks for one.
		"last_active_token": map[string]any{"object": "token", "jwt": a.sessionToken(c, party)},
	}
	object["sessions"], object["last_active_session_id"] = []any{session}, a.sessionID()
	return object
}

// session answers what concerns one session: a new token, or its end.
func (a *API) session(w http.ResponseWriter, r *http.Request, path string) {
	id, action, _ := strings.Cut(path, "/")
	clientID, c := a.visit(w, r)
	switch {
	case r.Method != http.MethodPost:
		http.NotFound(w, r)
	case action == "tokens":
		token := a.sessionToken(c, party(r))
		if token == "" || id != a.sessionID() {
			answer(w, http.StatusUnauthorized, map[string]any{"errors": []any{
				map[string]any{"code": "authentication_invalid", "message": "Unable to authenticate the request"},
			}})
			return
		}
		answer(w, http.StatusOK, map[string]any{"object": "token", "jwt": token})
	case action == "touch":
		answer(w, http.StatusOK, map[string]any{"response": nil, "client": a.clientObject(clientID, c, party(r))})
	default:
		http.NotFound(w, r)
	}
}

// endSessions signs out: ClerkJS writes DELETE as a POST with _method.
func (a *API) endSessions(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.URL.Query().Get("_method") != http.MethodDelete {
		http.NotFound(w, r)
		return
	}
	id, c := a.visit(w, r)
	a.change(c, "")
	a.tell(w, c)
	answer(w, http.StatusOK, map[string]any{"response": a.clientObject(id, c, party(r)), "client": nil})
}

// allowOrigin lets the application's pages read the answers, and reports
// whether the request was a preflight, which is answered by then.
func (a *API) allowOrigin(w http.ResponseWriter, r *http.Request) bool {
	from, err := url.Parse(r.Header.Get("Origin"))
	if err != nil || !a.application(from) {
		return false
	}
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	w.Header().Set("Access-Control-Allow-Credentials", "true")
	w.Header().Set("Access-Control-Expose-Headers", "Authorization")
	w.Header().Set("Vary", "Origin")
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	w.Header().Set("Access-Control-Allow-Methods", "GET, POST")
	w.Header().Set("Access-Control-Allow-Headers", "authorization, content-type")
	w.WriteHeader(http.StatusNoContent)
	return true
}

// party is the origin of the page that asks.
func party(r *http.Request) string {
	from, _ := url.Parse(r.Header.Get("Origin"))
	return origin(from)
}

// sessionID is the id of the one session that a client has.
func (a *API) sessionID() string {
	if id, ok := a.Issuer.Session(time.Now()).Claims["sid"].(string); ok {
		return id
	}
	return "sess_" + string(a.Issuer.Vendor)
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
