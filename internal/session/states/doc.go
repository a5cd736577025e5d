// Package states holds the table of sessions: requests as the vendors' pages
// and SDKs send them, and the state that each is in. Its configurations are
// those that a user writes, so it stands above internal/config.
package states
