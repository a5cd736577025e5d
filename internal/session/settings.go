package session

import (
	"time"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/jwks"
)

// Settings are one entry of providers[], field by field, as the user wrote it.
// What the user left open is the zero value (nil for lists and pointers); New
// fills it in from the preset and then from the general defaults, so that a
// default stands in one place.
type Settings struct {
	Name   string
	Preset string

	PublishableKey string
	ProjectID      string
	FrontendAPI    string

	Issuers           []string
	Audiences         []string
	AuthorizedParties []string
	Algorithms        jwa.Set
	Types             []string

	Tokens   TokenKinds // 0: the default
	Kinds    []KindCondition
	Machines []string // nil: not checked
	Clients  []string // likewise

	JWKSURI                string
	AllowInsecureJWKS      bool
	JWKSCluster            string
	InlineKeys             *jwks.Set
	JWKSHeaders            [][2]string
	JWKSRefreshInterval    *time.Duration
	JWKSTimeout            *time.Duration
	JWKSMaxStale           *time.Duration
	JWKSUnknownKeyInterval *time.Duration

	FromHeaders []HeaderSource // nil: the default; empty: none
	FromParams  []string
	FromCookies []string

	ForeignTokens ForeignTokens

	ClockSkew         *time.Duration
	RequireExpiration *bool
	MaxTokenAge       time.Duration
	AllowUnboundUse   bool
	RequiredClaims    []Condition
	UserIDClaim       Claim // without names: "sub"
	SessionIDClaim    Claim // without names: "sid"

	ForwardOriginalToken  *bool
	TokenToHeader         string
	OutputClaimToHeaders  []ClaimHeader
	OutputPayloadToHeader string

	TreatPendingAsSignedOut *bool
	Handshake               *bool
	IsSatellite             bool
	Domain                  string
	ProxyURL                string
	SatelliteAutoSync       bool
	SignInURL               string
	StepUpURL               string
}

// HeaderSource is a header that may hold a token, after a prefix.
type HeaderSource struct {
	Name   string // lower case
	Prefix string // "Bearer": a scheme; see request.Bearer
}

// ClaimHeader writes a claim to a request header.
type ClaimHeader struct {
	Header string // lower case
	Claim  Claim
}

// Condition is a condition on a claim. Exactly one of Values and NotValues is set.
type Condition struct {
	Claim     Claim
	Values    []string // some element of the claim matches one of these Patterns
	NotValues []string // no element does
}

// KindCondition says that a token is of a kind if a condition on a claim holds.
type KindCondition struct {
	Kind TokenKind
	Condition
}

// Claim is where a claim stands in the payload: a path of exact names.
type Claim struct {
	Names []string
	Text  string // as the user wrote it: "realm_access.roles", or the names
}
