package lint

import "strings"

// unreadableAnswers notes a provider that reads a header where pages of other
// origins, which are those that send it, may not read the filter's answers: they
// see a failed fetch in place of a 401.
func unreadableAnswers(s *subject) {
	if s.result == nil || s.root.Has("corsOrigins") || s.root.Has("allowedOrigins") {
		return
	}
	reads := -1
	for i, provider := range s.providers() {
		for _, party := range provider.Get("authorizedParties").Strings() {
			if strings.Contains(party, "://") {
				return
			}
		}
		if headers := provider.Get("fromHeaders"); reads < 0 && (headers == nil || len(headers.Items()) > 0) {
			reads = i
		}
	}
	if reads >= 0 {
		at := s.in("providers", reads)
		s.report(Finding{Level: Note, Path: at.path, Place: at.place, See: section("answers-that-pages-read"),
			Message: "pages of another origin cannot read the filter's answers to requests that they send with a token in a header; write their origins into \"corsOrigins\", or [] if there are no such pages"})
	}
}
