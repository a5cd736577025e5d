// Package decisions holds the table of decisions: a configuration as a user
// writes it, a request, and all that is decided about it. It stands above
// internal/config.
package decisions
