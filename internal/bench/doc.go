// Command bench measures what the filter costs, beside what Envoy's own ways
// of doing the same cost, in one run on one machine: one Envoy with one worker
// and a listener for each way. What counts are the ratios; the absolute numbers
// are the machine's.
//
//	go run ./bench -module build/sessiongate.wasm
//
// It prints tables, and writes the results as JSON and as a plot if told to.
// With -costly it measures only what dear requests cost: those of
// internal/bench/costly/requests, in ratio to a 401 without a token.
//
// The CPU time is Envoy's own, of all its threads (for dear requests, of its
// worker), as the kernel counts it (/proc, so Linux only). Requests are made by this program, over connections
// that are kept open; every answer's status is checked.
package main
