package session

// Identity is who is calling. What a token does not say is empty.
type Identity struct {
	UserID         string // "sub", or userIdClaim
	SessionID      string // "sid", or sessionIdClaim
	OrgID          string
	OrgRole        string // with its prefix: "org:admin"
	OrgSlug        string
	OrgPermissions []string // "org:<feature>:<permission>"
	Actor          string   // "act"."sub": somebody impersonates the user
	Name           string
	Email          string
}
