package lint

// unboundTokens finds a provider without preset that takes every token of its
// issuer, whichever application it was made for.
func unboundTokens(s *subject) {
	for i, provider := range s.providers() {
		if provider.Has("preset") || provider.Has("audiences") || provider.Has("requiredClaims") {
			continue
		}
		s.warn(s.in("providers", i), "tokens-for-others", "without \"audiences\" or \"requiredClaims\", a token that this issuer made for any other application signs in here too; write the audience of this application: \"audiences\": [\"...\"]")
	}
}
