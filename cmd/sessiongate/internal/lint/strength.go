package lint

import (
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/reach"
)

// How much rules ask of a request, in order.
const (
	asksNothing = iota // skip
	onlyLogs
	asksWho // optional
	asksSession
	asksMore // a session, and something of it
)

// strength is how much a rule asks, or what holds without a rule.
func (s *subject) strength(rule int) int {
	onFailure := s.root.Get("onFailure").Str()
	if rule == reach.None {
		if onFailure == "log" {
			return onlyLogs
		}
		return asksSession
	}
	r := s.root.Get("rules").Item(rule)
	if own := r.Get("onFailure").Str(); own != "" {
		onFailure = own
	}
	switch auth := r.Get("auth").Str(); {
	case auth == "skip":
		return asksNothing
	case onFailure == "log":
		return onlyLogs
	case auth == "optional":
		return asksWho
	case r.Has("require") || r.Has("reverification") || r.Has("audiences"):
		return asksMore
	}
	return asksSession
}

// weaker names a rule that asks less: "rules[2], which asks for less".
func (s *subject) weaker(rule int) string {
	if rule == reach.None {
		if s.strength(rule) == onlyLogs {
			return "no rule, so that everything passes (onFailure is log)"
		}
		return "no rule, so that only a session is required"
	}
	return s.nameOf(rule) + ", which asks for less"
}
