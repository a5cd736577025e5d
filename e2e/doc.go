// Package e2e tests the built module: what it answers and what it sends on.
//
// # The table
//
// Behaviour is a table of rows (Row), one file a subject (rows_*_test.go),
// each row a request, the configuration it meets and what must come of it. The
// table runs three ways:
//
//   - fake: the filter as native Go on the proxy in memory of
//     filter/filtertest, with a clock that stands still
//   - wazero: the built module on wazero, behind the SDK's emulator of a proxy
//   - envoy: the built module in a real Envoy, every configuration a listener
//     of one process, sent by a client that writes what it is told
//
// A row that cannot run somewhere says so with its reason (NotOn). The number
// of rows run on each host is in the output of the tests.
//
// # Beside the table
//
// Tests of what is not one request: configurations that Envoy must refuse,
// broken key servers, load and memory, logs without tokens, the demo, and
// guards on the module's size, imports and dependencies.
//
// Tests that need an Envoy are skipped where none can be had, and say so.
// With SESSIONGATE_LONG=1 those about keys take minutes: a rotation of 60 s, a
// flood of 5,000 key ids, and every number of workers and listeners.
package e2e
