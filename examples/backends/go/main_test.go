package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// A test needs no proxy and no token: it writes the headers itself.
func TestRoutes(t *testing.T) {
	for _, test := range []struct {
		name, path string
		headers    map[string]string
		status     int
	}{
		{"no session", "/whoami", nil, 200},
		{"no session", "/hello", nil, 401},
		{"a session", "/hello", map[string]string{"X-Identity-Status": "signed-in"}, 200},
		{"no permission", "/teams", map[string]string{"X-Identity-Status": "signed-in"}, 403},
		{"a permission", "/teams", map[string]string{
			"X-Identity-Status": "signed-in", "X-Identity-Org-Permissions": "org:teams:manage,org:teams:read",
		}, 200},
	} {
		t.Run(test.name+" "+test.path, func(t *testing.T) {
			request := httptest.NewRequest(http.MethodGet, test.path, nil)
			for name, value := range test.headers {
				request.Header.Set(name, value)
			}
			answer := httptest.NewRecorder()
			routes().ServeHTTP(answer, request)
			if answer.Code != test.status {
				t.Errorf("status %d, want %d", answer.Code, test.status)
			}
		})
	}
}
