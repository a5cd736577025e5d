package session

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// checkCallers finds what does not fit together in the fields about kinds of
// tokens.
func (s *Settings) checkCallers(preset *Preset, problems *problem.List) {
	accepted := s.Tokens.OrSessions()
	others := accepted &^ onlySessions
	switch {
	case preset.Kinds != nil:
		s.checkVendorKinds(preset.Kinds, others, problems)
	case preset.Name != "" && others != 0:
		problems.Fail("tokens", "preset "+preset.Name+" knows the tokens of sessions only; write [\"session\"], or leave it out")
	case preset.Name == "" && others != 0 && s.Kinds == nil:
		problems.Fail("kinds", "missing: without it the filter cannot tell the kind of a token; write an entry for each of \"tokens\", such as {\"kind\": \"session\", \"claim\": \"sid\", \"values\": [\"*\"]}")
	}
	if s.Kinds != nil && preset.Name != "" {
		problems.Fail("kinds", "is for providers without a preset; leave it out")
	} else if s.Kinds != nil {
		s.checkKinds(accepted, problems)
	}
	if s.Machines != nil && !accepted.Has(M2MToken) {
		problems.Fail("machines", "works only where \"tokens\" has \"m2m\"; write that too, or leave it out")
	}
	if s.Clients != nil && !accepted.Has(OAuthToken) {
		problems.Fail("clients", "works only where \"tokens\" has \"oauth\"; write that too, or leave it out")
	}
	if others != 0 && s.FromHeaders != nil && len(s.FromHeaders) == 0 {
		problems.Fail("tokens", "only sessions come in other places than headers, and fromHeaders is empty; write [\"session\"], or name a header")
	}
}

// checkKinds finds kinds that are to be accepted and that no token is of.
func (s *Settings) checkKinds(accepted TokenKinds, problems *problem.List) {
	for _, kind := range accepted.List() {
		if !slices.ContainsFunc(s.Kinds, func(k KindCondition) bool { return k.Kind == kind }) {
			problems.Fail("kinds", "no entry is for \""+kind.String()+"\", so that the filter accepts no such token; write an entry, or take the kind out of \"tokens\"")
		}
	}
}

// checkVendorKinds finds what a vendor's kinds of tokens need, beside sessions.
func (s *Settings) checkVendorKinds(kinds *VendorKinds, others TokenKinds, problems *problem.List) {
	if others.Has(M2MToken) && s.Machines == nil {
		problems.Fail("machines", "missing: anyone who may create a machine in the instance could call; write the ids of the machines that may call, such as [\""+kinds.MachinePrefix+"...\"]")
	}
	for i, machine := range s.Machines {
		if !strings.HasPrefix(machine, kinds.MachinePrefix) {
			problems.Fail(problem.Element("machines", i), problem.Quote(machine)+" is not the id of a machine; write the id that begins with "+kinds.MachinePrefix)
		}
	}
	for i, c := range s.RequiredClaims {
		if others != 0 && !c.Claim.IsScope() {
			problems.Fail(problem.Element("requiredClaims", i), "never holds for an OAuth or M2M token, in which only \"scope\" can be required; write a rule's \"require\" for sessions")
		}
	}
}
