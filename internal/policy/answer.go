package policy

import (
	"cmp"
	"strconv"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// answerKind is what is fixed about an answer by its status.
type answerKind struct {
	status     int
	title      string // empty: the answer says nothing
	grpcStatus int32  // https://grpc.io: status codes; -1: it is no answer for gRPC
	label      Label
	challenge  string // RFC 6750 section 3.1: the error code; empty: none
	retryAfter string // in seconds; empty: not said
}

// The kinds of answers.
var (
	redirected   = answerKind{307, "", -1, LabelRedirected, "", ""}
	handshake    = answerKind{307, "", -1, LabelHandshake, "", ""}
	ambiguous    = answerKind{400, "Bad Request", 3, LabelDenied, "invalid_request", ""}
	malformed    = answerKind{400, "Bad Request", 3, LabelDenied, "", ""}
	unauthorized = answerKind{401, "Unauthorized", 16, LabelDenied, "invalid_token", ""}
	insufficient = answerKind{403, "Forbidden", 7, LabelDenied, "insufficient_scope", ""}
	forbidden    = answerKind{403, "Forbidden", 7, LabelDenied, "", ""}
	oversized    = answerKind{431, "Request Header Fields Too Large", 8, LabelDenied, "", ""}
	failed       = answerKind{500, "Internal Server Error", 13, LabelFailed, "", ""}
	unavailable  = answerKind{503, "Service Unavailable", 14, LabelUnavailable, "", "5"} // keys may have come by then
)

// kindOf are the kinds of the answers that reasons lead to; all others lead to
// unauthorized.
var kindOf = map[reason.Reason]*answerKind{
	reason.AuthorizationAmbiguous: &ambiguous,
	reason.PathInvalid:            &malformed,
	reason.AuthorityInvalid:       &malformed,
	reason.MethodInvalid:          &malformed,
	reason.CookiesTooMany:         &oversized,
	reason.ClaimsMismatch:         &insufficient,
	reason.OriginNotAllowed:       &forbidden,
	reason.StepUpRequired:         &stepUpNeeded,
	reason.KeysUnavailable:        &unavailable,
	reason.InternalError:          &failed,
}

// StatusOf gives the status of the answer that a reason leads to where a session
// is required, for the reference; 0 if it leads to none.
func StatusOf(why reason.Reason) (status int) {
	if why == reason.None || why == reason.CORSPreflight {
		return 0
	}
	return cmp.Or(kindOf[why], &unauthorized).status
}

// OtherStatusOf gives the status of the answer that a reason leads to where a
// vendor's code in the page expects another one than StatusOf; 0 if none does.
func OtherStatusOf(why reason.Reason) (status int) {
	if why == reason.StepUpRequired {
		return reverify.status
	}
	return 0
}

// answer is what a request is told.
type answer struct {
	kind     *answerKind
	rule     string // its name
	why      reason.Reason
	location string // of a redirect
	guard    string // Set-Cookie line of a redirect to the sign-in page
	scope    string // a parameter of the challenge
	maxAge   string // another one; empty: it has none
	body     string // JSON instead of the problem document
}

// answerFor chooses the answer of a request that a rule does not let through.
func (p *Policy) answerFor(r *request.Request, f *failure) answer {
	a := answer{kind: &handshake, rule: f.rule.name, why: f.why}
	if f.state.Kind == session.Handshake {
		a.location = f.state.Exchanged().Location
		return a
	}
	a.kind = &redirected
	if a.location, a.guard = p.toPage(r, f); a.location != "" {
		return a
	}
	a.kind = cmp.Or(kindOf[f.why], &unauthorized)
	if f.why == reason.StepUpRequired {
		return f.rule.check.stepUp.answer(a, f.state.Provider)
	}
	a.scope = f.rule.scope
	return a
}

// render makes the response of an answer.
func (p *Policy) render(r *request.Request, a *answer, state *session.State) Answer {
	out := Answer{Status: a.kind.status, GRPCStatus: -1, Details: details(a.rule, a.why)}
	contentType := ""
	if r.IsGRPC() {
		out.GRPCStatus, out.Body = a.kind.grpcStatus, a.kind.title // the proxy makes it the grpc-message
	} else {
		contentType, out.Body = p.body(r, a)
	}
	brought := state.Exchanged()
	caching := "no-store"
	if brought.Returned {
		caching = "private, no-store"
	}
	out.Headers = filled(make([][2]string, 0, 12),
		[2]string{"location", a.location},
		[2]string{"content-type", contentType},
		[2]string{"www-authenticate", p.challenge(r, a, state.TokenSeen)},
		[2]string{"retry-after", a.kind.retryAfter},
		[2]string{"cache-control", caching})
	for _, line := range brought.SetCookies {
		out.Headers = append(out.Headers, [2]string{"set-cookie", line})
	}
	out.Headers = filled(out.Headers, [2]string{"set-cookie", a.guard})
	if state.Provider != nil {
		out.Headers = state.Provider.AppendAnswer(out.Headers, state.Kind, a.why)
	}
	out.Headers = p.appendCORS(out.Headers, r)
	return out
}

// details tell access logs which rule has answered, and why.
func details(rule string, why reason.Reason) string {
	return "sessiongate{" + rule + ":" + why.String() + "}"
}

// body is what the answer says to people, and its content type: the answer's own
// JSON, or the problem document (RFC 9457); empty if it says nothing.
func (p *Policy) body(r *request.Request, a *answer) (contentType, body string) {
	switch {
	case r.Method == "HEAD":
		return "", ""
	case a.body != "":
		return "application/json", a.body
	case !p.ProblemDetails || a.kind.title == "":
		return "", ""
	}
	return "application/problem+json", `{"type":"about:blank","title":"` + a.kind.title +
		`","status":` + strconv.Itoa(a.kind.status) +
		`,"detail":"` + a.why.Error() +
		`","reason":"` + a.why.String() + `"}`
}
