// Package jwt reads and verifies compact JWS session tokens (RFC 7515, RFC 7519).
//
// # Guarantees
//
// Parse accepts only what every careful reader reads alike: three parts of
// base64url without padding, white space or stray bits; header and payload
// JSON objects of valid UTF-8 in which no name occurs twice; no critical
// extensions. What Expect.Verify passes was signed, with an algorithm of the
// provider's list, by a key that the provider's set holds for that algorithm,
// and its claims hold at the time given. Nothing a token carries (jwk, jku,
// x5c, x5u) has a say in which key that is. No input makes the package panic,
// and its work is bounded by the length of the token.
//
// # Limits
//
// Encrypted tokens (JWE) and the JSON serialisation are refused by form. The
// package keeps nothing: caching, fetching keys and the time of day are the
// caller's. What a vendor's private claims mean is package session's.
package jwt
