// Package backends runs the examples for backends, as copies outside of their
// folders and by the one command of their README, behind Envoy with the
// filter, and asks all of them the same table of requests.
//
// # What runs
//
// TestBackends installs packages, so it runs only where BACKENDS names
// examples, or is "all": see make test-backends. So do
// TestAssertions, backends that believe signed assertions only, and TestMCP, a client of the
// Model Context Protocol ("mcp"). One whose toolchain is not
// there is skipped, and says why. The documentation is checked always.
package backends
