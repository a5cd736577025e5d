// Command jwt measures one verification of a signature under each algorithm:
// by Go's crypto as this machine runs it, by the same code as WebAssembly in
// Envoy, and by Envoy's own crypto, which it offers to a filter; and, as parse,
// reading a token of a session vendor's shape.
//
//	go run ./internal/bench/jwt
//
// It builds its own small module, runs it in one Envoy and prints one table:
// microseconds, and allocations of the Go code. Envoy comes from $ENVOY, the
// PATH, or is fetched into .tools; with -go the measurement is of Go on this
// machine only. What counts are the ratios; the absolute numbers are the
// machine's.
package main
