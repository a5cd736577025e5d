// Package sdk compares the filter's rules with what the vendor's SDK for backends
// answers about the same tokens.
//
// Every case is a token's claims and questions for has() of @clerk/backend. The
// answers of the SDK, and its names and versions, stand in
// testdata/recorded.json. The rules have to answer the same, on every run of the
// tests. Where Node.js and npm are there, and the SDK can be installed, the SDK
// is asked itself, so that what was recorded is what it says:
//
//	go test ./e2e/sdk -run SDK -record
//
// records its answers anew; -record-kinds does so for whom it finds in tokens of
// each kind. The vendor's hook for pages that confirm a factor runs against the
// rules' own answers. Nothing of the SDK is in this repository.
package sdk
