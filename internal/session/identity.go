package session

// Identity is who is calling. What a token does not say is empty.
type Identity struct {
	UserID         string // "sub", or userIdClaim
	SessionID      string // "sid", or sessionIdClaim
	OrgID          string
	OrgRole        string // with its prefix: "org:admin"
	OrgSlug        string
	OrgPermissions []string // "org:<feature>:<permission>"
	Billing        *Billing // nil: nothing is said of it
	Factors        Factors
	Actor          string   // "act"."sub": somebody impersonates the user
	ClientID       string   // the application that calls, of an OAuth or M2M token
	MachineID      string   // the machine that calls, which is no user
	Scopes         []string // of an OAuth or M2M token
	Name           string
	Email          string
}

// Billing is what the user and the organisation have paid for.
type Billing struct{ Plans, Features Entitlements }

// Entitlements are names of plans or features, in the order of the token.
type Entitlements struct {
	All  []string // of either
	User []string
	Org  []string
}
