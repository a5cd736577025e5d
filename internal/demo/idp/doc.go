// Package idp is a small identity provider: it mints session tokens in the
// shapes of Clerk, OneAuxilia and Corbado, and serves their key sets where
// these vendors serve them.
//
// It is for the demo and for tests. Its keys are made when it starts, live in
// memory and sign nothing but demo and test tokens; there is no sign-in. What
// can go wrong with a real key server can be switched on for each issuer (see
// Fault).
package idp
