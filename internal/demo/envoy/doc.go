// Package envoy gets an Envoy binary, fills in its bootstrap, runs it and
// ends it: for the demo, the tests and the benchmarks.
//
// # Guarantees
//
// Everything that Start starts listens on loopback addresses and ends with
// Stop, or with the context, by its process id. Nothing is installed outside
// the folder that Find is given.
package envoy
