// Package console is what the demo's page watches and controls: it hears of
// each request from Envoy, and it stops, starts and rotates the keys of the
// demo's issuers.
//
// # What it guarantees
//
// The server listens on a loopback address, under a random path. It answers
// requests that name it by its own address (so that no foreign name that
// resolves to it will do), and of pages only those of the given origin. Tokens
// are shortened before they are kept.
package console
