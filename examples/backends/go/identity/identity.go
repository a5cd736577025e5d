// Package identity reads who is calling from the headers that sessiongate
// writes. Trust it only for requests that came through the proxy.
package identity

import (
	"net/http"
	"net/url"
	"strings"
)

// Identity is the caller. A field that the session lacks is empty.
type Identity struct {
	SignedIn                    bool
	Reason                      string // why not signed in
	Provider, UserID, SessionID string
	OrgID, OrgRole, OrgSlug     string
	Permissions                 []string
	Actor                       string // who acts as the user
	Name, Email                 string
}

// Of returns the caller of a request. A missing header is not an error.
func Of(header http.Header) Identity {
	text := func(name string) string {
		value, _ := url.PathUnescape(header.Get("X-Identity-" + name))
		return value
	}
	id := Identity{
		SignedIn: text("Status") == "signed-in", Reason: text("Reason"),
		Provider: text("Provider"), UserID: text("User-Id"), SessionID: text("Session-Id"),
		OrgID: text("Org-Id"), OrgRole: text("Org-Role"), OrgSlug: text("Org-Slug"),
		Actor: text("Actor"), Name: text("Name"), Email: text("Email"),
	}
	for element := range strings.SplitSeq(header.Get("X-Identity-Org-Permissions"), ",") {
		if permission, err := url.PathUnescape(element); err == nil && permission != "" {
			id.Permissions = append(id.Permissions, permission)
		}
	}
	return id
}
