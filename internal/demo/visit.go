package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// lifetime is how long the demo's tokens live. The vendors' live a minute or
// some, and their pages renew them; people who try commands need longer.
const lifetime = time.Hour

// Visit is a request to try, and what must come of it.
type Visit struct {
	Title  string
	Header [2]string // name and value; empty: none
	Status int
	// Provider and User are who the backend must hear of.
	Provider, User string
}

// Visits are the requests to try with an issuer: nobody's, then its token as a
// cookie and as a bearer token.
func Visits(issuer *idp.Issuer, now time.Time) []Visit {
	session := issuer.Session(now)
	session.Claims["exp"] = now.Add(lifetime).Unix()
	token := session.Token()
	user, _ := session.Claims["sub"].(string)
	cookie := issuer.Vendor.Cookie() + "=" + token
	if issuer.Vendor == idp.Clerk {
		// Clerk's pages keep the time of the last sign-in beside the session.
		cookie += fmt.Sprintf("; __client_uat=%d", now.Unix())
	}
	vendor := string(issuer.Vendor)
	return []Visit{
		{Title: "no session: 401", Status: http.StatusUnauthorized},
		{Title: vendor + ", session cookie: the backend learns who calls", Header: [2]string{"Cookie", cookie},
			Status: http.StatusOK, Provider: vendor, User: user},
		{Title: vendor + ", bearer token", Header: [2]string{"Authorization", "Bearer " + token},
			Status: http.StatusOK, Provider: vendor, User: user},
	}
}

// Curl is the command that makes the request.
func (v Visit) Curl(url string) string {
	if v.Header[0] == "" {
		return fmt.Sprintf("curl -i %s/hello", url)
	}
	return fmt.Sprintf("curl -i %s/hello -H '%s: %s'", url, v.Header[0], v.Header[1])
}

// Make makes the request, prints the answer, and reports whether it is right.
func (v Visit) Make(ctx context.Context, url string, out io.Writer) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/hello", nil)
	if err != nil {
		return err
	}
	if v.Header[0] != "" {
		request.Header.Set(v.Header[0], v.Header[1])
	}
	// A client may not set this: the backend must never see it.
	request.Header.Set("X-Identity-User-Id", "mallory")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%s\n  %s\n", v.Title, response.Status)
	if response.StatusCode != v.Status {
		return fmt.Errorf("%s: status %d, want %d: %s", v.Title, response.StatusCode, v.Status, body)
	}
	if v.User == "" {
		fmt.Fprintf(out, "  www-authenticate: %s\n  %s\n", response.Header.Get("WWW-Authenticate"), body)
		return nil
	}
	var seen echo.Request
	if err := json.Unmarshal(body, &seen); err != nil {
		return fmt.Errorf("%s: the backend's answer: %w", v.Title, err)
	}
	identity := map[string][]string{}
	for _, h := range seen.Headers {
		if strings.HasPrefix(h[0], "x-identity-") {
			identity[h[0]] = append(identity[h[0]], h[1])
			fmt.Fprintf(out, "  the backend got %s: %s\n", h[0], h[1])
		}
	}
	for name, want := range map[string]string{
		"x-identity-status": "signed-in", "x-identity-provider": v.Provider, "x-identity-user-id": v.User,
	} {
		if got := identity[name]; len(got) != 1 || got[0] != want {
			return fmt.Errorf("%s: the backend got %s %q, want %q", v.Title, name, got, want)
		}
	}
	return nil
}
