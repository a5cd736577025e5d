package identity

import (
	"context"
	"net/http"
	"slices"
)

type key struct{}

// From returns the caller that Middleware put into the context of a request.
func From(ctx context.Context) Identity {
	id, _ := ctx.Value(key{}).(Identity)
	return id
}

// Middleware puts the caller of each request into its context.
func Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), key{}, Of(r.Header))))
	})
}

// Require answers 401 without a session, and 403 without the permissions.
func Require(next http.HandlerFunc, permissions ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !From(r.Context()).SignedIn {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "no session", http.StatusUnauthorized)
			return
		}
		for _, permission := range permissions {
			if !slices.Contains(From(r.Context()).Permissions, permission) {
				http.Error(w, "permission "+permission+" is missing", http.StatusForbidden)
				return
			}
		}
		next(w, r)
	}
}
