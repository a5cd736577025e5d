package jwt_test

// differences are the cases of level should and policy that are answered
// otherwise than expected, and why.
var differences = map[string]string{
	"jvl-ec-es512": "the key has a P-521 coordinate without its leading zero; RFC 7518 section 6.2.1.2 demands the full size",

	"jvl-pss256":          futureIAT,
	"jvl-pss384":          futureIAT,
	"jvl-pss512":          futureIAT,
	"jvl-pss-nokid":       futureIAT,
	"jvl-x509-real-asjwk": futureIAT,
	"jvl-resigned-TestParsePayloadIatDecimalsDrop": futureIAT,

	"jvl-x509-nokid":       "maps of certificates are not offered, and the signature is padded, which RFC 7515 section 2 forbids",
	"jvl-x509-nokid-asjwk": "the signature is padded, which RFC 7515 section 2 forbids; a second spelling of a token is a way round caches and deny lists",
	"jvl-x509-real":        "maps of certificates are not offered: the key set of an issuer is a JWK Set",

	"jvl-resigned-TestParsePayloadJtiNotString": "jti is not looked at: nothing here depends on it",

	"jvl-time-exp+50": shortSkew,
	"jvl-time-nbf-50": shortSkew,
}

const (
	futureIAT = "iat lies after now; a token from the future is refused, as the session vendors' SDKs do"
	shortSkew = "the case has Envoy's skew of 60 s; the default here is 5 s, because session tokens live about a minute"
)
