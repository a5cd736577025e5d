// A backend that believes the proxy's signed assertion, and nothing else.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"

	"github.com/coreos/go-oidc/v3/oidc"
)

func main() {
	// The proxy's keys: fetched when they are needed, and anew for an unknown one.
	keys := oidc.NewRemoteKeySet(context.Background(), os.Getenv("KEYS_URL"))
	// Signature, issuer, audience and expiry are checked.
	verifier := oidc.NewVerifier("https://gate.example.com", keys,
		&oidc.Config{ClientID: "backend", SupportedSigningAlgs: []string{"ES256"}})

	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			w.WriteHeader(http.StatusNoContent) // a preflight has no session
			return
		}
		assertion, err := verifier.Verify(r.Context(), r.Header.Get("X-Sessiongate-Assertion"))
		if err != nil {
			http.Error(w, "no assertion", http.StatusUnauthorized)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]string{"user": assertion.Subject})
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+cmp.Or(os.Getenv("PORT"), "8080"), nil))
}
