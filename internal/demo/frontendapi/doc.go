// Package frontendapi is a Frontend API for the demo and the tests: it signs
// clients in and out, and settles sessions by handshakes, as the one of a Clerk
// instance does for real browsers.
//
// # What it serves
//
//   - /v1/client/handshake sends the browser back to redirect_url with a
//     handshake token: in production as a cookie for the whole domain, in
//     development, where the application lives on another domain, in the query
//   - /sign-in shows a page; a POST to it signs the client in (as ?user=) and
//     sends it to redirect_url
//   - /sign-out signs it out
//   - /.well-known/jwks.json holds the keys
//
// # Limits
//
// There are no passwords: whoever asks is signed in. It is for loopback
// addresses only.
package frontendapi
