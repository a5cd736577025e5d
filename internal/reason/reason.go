// Package reason is the closed list of why a request was not simply let
// through as signed-in.
//
// A reason is the one name that a decision has everywhere: the header
// x-identity-reason, the "reason" member of a problem+json body, the label of
// a metric and the line in the reference. It is also a Go error, so that the
// packages that find something wrong return it as it is.
//
// The package guarantees that every reason has a code and a fixed text that
// tells people what to do, and that neither holds anything a client sent. It
// does not say which HTTP status a reason leads to: that is package policy's.
package reason

// Reason is one entry of the closed list. The zero value, None, means that
// nothing is wrong.
type Reason uint8

// The reasons, in the order of the reference.
const (
	None Reason = iota

	// Verifying a token (package jwt), in the order of the checks.
	TokenMissing
	TokenTooLong
	TokenInvalid
	TokenTypeMismatch
	TokenInvalidAlgorithm
	TokenVerificationFailed
	KeyIDMismatch
	TokenInvalidSignature
	TokenInvalidIssuer
	TokenInvalidAuthorizedParties
	TokenExpired
	TokenNotActiveYet
	TokenIATInTheFuture
	TokenTooOld
	TokenOpaque
	TokenBound
	TokenNotAccepted
	TokenAudienceMismatch

	// The state of a session (package session).
	SessionTokenExpired
	SessionTokenNBF
	SessionTokenIATInTheFuture
	SessionTokenAndUATMissing
	SessionTokenButNoClientUAT
	ClientUATButNoSessionToken
	SessionTokenIATBeforeClientUAT
	SessionTokenMissing
	SessionPending
	DevBrowserSync
	DevBrowserMissing
	SatelliteNeedsSyncing

	// The rules, the request and the proxy itself (packages policy, request, filter).
	ClaimsMismatch
	StepUpRequired
	OriginNotAllowed
	KeysUnavailable
	AuthorizationAmbiguous
	PathInvalid
	AuthorityInvalid
	MethodInvalid
	CookiesTooMany
	InternalError
	CORSPreflight

	count
)

// entry is what is fixed about a reason.
type entry struct{ code, message string }

var table = [count]entry{
	None: {"", ""},

	TokenMissing:                  {"token-missing", "No session token was found; sign in and send it as a cookie or as Authorization: Bearer."},
	TokenTooLong:                  {"token-too-long", "The session token is longer than this proxy reads."},
	TokenInvalid:                  {"token-invalid", "The session token is not a well-formed JWT."},
	TokenTypeMismatch:             {"token-type-mismatch", "The token is not of a kind that is accepted here, such as a session token."},
	TokenInvalidAlgorithm:         {"token-invalid-algorithm", "The session token is signed with an algorithm that is not accepted here."},
	TokenVerificationFailed:       {"token-verification-failed", "The session token lacks something that is needed to accept it, or is meant for somebody else."},
	KeyIDMismatch:                 {"jwk-kid-mismatch", "The session token is signed with a key that its issuer does not publish."},
	TokenInvalidSignature:         {"token-invalid-signature", "The signature of the session token is wrong."},
	TokenInvalidIssuer:            {"token-invalid-issuer", "The session token comes from an issuer that is not accepted here."},
	TokenInvalidAuthorizedParties: {"token-invalid-authorized-parties", "The session token was made for a web page that is not accepted here."},
	TokenExpired:                  {"token-expired", "The session token has expired; get a new one and try again."},
	TokenNotActiveYet:             {"token-not-active-yet", "The session token is not valid yet; check the clocks."},
	TokenIATInTheFuture:           {"token-iat-in-the-future", "The session token was issued in the future; check the clocks."},
	TokenTooOld:                   {"token-too-old", "The session token was issued too long ago; get a new one and try again."},
	TokenOpaque:                   {"token-opaque", "The credential is not a JWT, so this proxy cannot check it; send one that is."},
	TokenBound:                    {"token-bound", "The token is bound to a key of its owner, which this proxy cannot check; send one that is not."},
	TokenNotAccepted:              {"token-not-accepted", "The token is valid, but its claims are not accepted here."},
	TokenAudienceMismatch:         {"token-audience-mismatch", "The token is valid, but meant for another audience."},

	SessionTokenExpired:            {"session-token-expired", "The session token has expired; get a new one and try again."},
	SessionTokenNBF:                {"session-token-nbf", "The session token is not valid yet; check the clocks."},
	SessionTokenIATInTheFuture:     {"session-token-iat-in-the-future", "The session token was issued in the future; check the clocks."},
	SessionTokenAndUATMissing:      {"session-token-and-uat-missing", "Nobody is signed in; sign in and try again."},
	SessionTokenButNoClientUAT:     {"session-token-but-no-client-uat", "There is a session token, but this browser has not been signed in; reload the page."},
	ClientUATButNoSessionToken:     {"client-uat-but-no-session-token", "This browser was signed in, but its session token is missing; reload the page."},
	SessionTokenIATBeforeClientUAT: {"session-token-iat-before-client-uat", "The session token is older than the last sign-in or sign-out of this browser; reload the page."},
	SessionTokenMissing:            {"session-token-missing", "The session has ended; sign in again."},
	SessionPending:                 {"session-pending", "The sign-in is not finished; finish it and try again."},
	DevBrowserSync:                 {"dev-browser-sync", "This browser is not yet known to the development instance; reload the page."},
	DevBrowserMissing:              {"dev-browser-missing", "This browser is not known to the development instance; reload the page."},
	SatelliteNeedsSyncing:          {"satellite-needs-syncing", "This domain does not know yet whether the user is signed in; reload the page."},

	ClaimsMismatch:         {"claims-mismatch", "The signed-in user may not do this."},
	StepUpRequired:         {"step-up-required", "The user signed in too long ago, or with too few factors, for this; confirm it again."},
	OriginNotAllowed:       {"origin-not-allowed", "Requests from this web page are not allowed to use the session cookie."},
	KeysUnavailable:        {"keys-unavailable", "The keys to check the session token are not available at present; try again."},
	AuthorizationAmbiguous: {"authorization-ambiguous", "The request carries credentials that could be read in two ways; send one."},
	PathInvalid:            {"path-invalid", "The path of the request is not valid."},
	AuthorityInvalid:       {"authority-invalid", "The host of the request is not a valid host name, or the request names two."},
	MethodInvalid:          {"method-invalid", "The request names a method that is not valid."},
	CookiesTooMany:         {"cookies-too-many", "The request carries more cookies than this proxy reads; delete some and try again."},
	InternalError:          {"internal-error", "The proxy could not decide about this request."},
	CORSPreflight:          {"cors-preflight", "A CORS preflight passes without a session."},
}

// String is the code, such as "token-expired"; empty for None.
func (r Reason) String() string { return r.entry().code }

// Error is the fixed text for people. It never holds anything of a request.
func (r Reason) Error() string { return r.entry().message }

func (r Reason) entry() entry {
	if r >= count {
		return table[InternalError]
	}
	return table[r]
}

// All lists every reason but None, in the order of the reference.
func All() []Reason {
	all := make([]Reason, 0, count-1)
	for r := range count - 1 {
		all = append(all, r+1)
	}
	return all
}
