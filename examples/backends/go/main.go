// A backend behind sessiongate, with nothing but the standard library.
package main

import (
	"cmp"
	"encoding/json"
	"log"
	"log/slog"
	"net/http"
	"os"

	"example.com/backend/identity"
)

// audit writes a line of JSON for each event: a caller's values cannot begin
// another line.
var audit = slog.New(slog.NewJSONHandler(os.Stdout, nil))

func main() {
	log.Fatal(http.ListenAndServe("127.0.0.1:"+cmp.Or(os.Getenv("PORT"), "8080"), routes()))
}

func routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /whoami", whoami)
	mux.HandleFunc("GET /hello", identity.Require(whoami))
	mux.HandleFunc("GET /teams", identity.Require(teams, "org:teams:read"))
	return identity.Middleware(mux)
}

// whoami answers with the caller, signed in or not.
func whoami(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(identity.From(r.Context()))
}

func teams(w http.ResponseWriter, r *http.Request) {
	id := identity.From(r.Context())
	audit.Info("audit", "action", "teams.read", "provider", id.Provider, "user", id.UserID,
		"session", id.SessionID, "organisation", id.OrgID, "actor", id.Actor)
	whoami(w, r)
}
