package policy

import (
	"strconv"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// answerKind is what is fixed about an answer by its status.
type answerKind struct {
	status     int
	title      string
	grpcStatus int32 // https://grpc.io: status codes
	label      Label
	challenge  string // RFC 6750 section 3.1: the error code; empty: none
}

// The kinds of answers.
var (
	ambiguous    = answerKind{400, "Bad Request", 3, LabelDenied, "invalid_request"}
	malformed    = answerKind{400, "Bad Request", 3, LabelDenied, ""}
	unauthorized = answerKind{401, "Unauthorized", 16, LabelDenied, "invalid_token"}
	insufficient = answerKind{403, "Forbidden", 7, LabelDenied, "insufficient_scope"}
	forbidden    = answerKind{403, "Forbidden", 7, LabelDenied, ""}
	oversized    = answerKind{431, "Request Header Fields Too Large", 8, LabelDenied, ""}
	failed       = answerKind{500, "Internal Server Error", 13, LabelFailed, ""}
	unavailable  = answerKind{503, "Service Unavailable", 14, LabelUnavailable, ""}
)

// retryAfter is the number of seconds after which a client that was told 503
// may find keys again.
const retryAfter = "5"

// StatusOf gives the status of the answer that a reason leads to where a session
// is required, for the reference; 0 if it leads to none.
func StatusOf(why reason.Reason) (status int) {
	if why == reason.None || why == reason.CORSPreflight {
		return 0
	}
	return kindOf(why).status
}

// OtherStatusOf gives the status of the answer that a reason leads to where a
// vendor's code in the page expects another one than StatusOf; 0 if none does.
func OtherStatusOf(why reason.Reason) (status int) {
	if why == reason.StepUpRequired {
		return reverify.status
	}
	return 0
}

func kindOf(why reason.Reason) *answerKind {
	switch why {
	case reason.AuthorizationAmbiguous:
		return &ambiguous
	case reason.PathInvalid, reason.AuthorityInvalid, reason.MethodInvalid:
		return &malformed
	case reason.CookiesTooMany:
		return &oversized
	case reason.ClaimsMismatch:
		return &insufficient
	case reason.OriginNotAllowed:
		return &forbidden
	case reason.StepUpRequired:
		return &stepUpNeeded
	case reason.KeysUnavailable:
		return &unavailable
	case reason.InternalError:
		return &failed
	}
	return &unauthorized
}

// answer is what a request is told: a kind, or a redirect.
type answer struct {
	kind     *answerKind // nil: a redirect to location
	label    Label
	why      reason.Reason
	location string
	guard    string // Set-Cookie line of a redirect to the sign-in page
	scope    string // a parameter of the challenge
	maxAge   string // another one; empty: it has none
	body     string // JSON instead of the problem document
}

// answerFor chooses the answer of a request that a rule does not let through.
func (p *Policy) answerFor(r *request.Request, f *failure) answer {
	if f.state.Kind == session.Handshake {
		return answer{label: LabelHandshake, why: f.why, location: f.state.Exchanged().Location}
	}
	if f.why == reason.StepUpRequired {
		return p.stepUpAnswer(r, f)
	}
	kind := kindOf(f.why)
	if kind == &unauthorized {
		if location, guard := p.signIn(r, f); location != "" {
			return answer{label: LabelRedirected, why: f.why, location: location, guard: guard}
		}
	}
	return answer{kind: kind, label: kind.label, why: f.why, scope: f.rule.scope}
}

// render makes the response of an answer.
func (p *Policy) render(r *request.Request, a *answer, state *session.State) Answer {
	out := Answer{GRPCStatus: -1, Headers: make([][2]string, 0, 12)}
	add := func(name, value string) { out.Headers = append(out.Headers, [2]string{name, value}) }

	if a.kind == nil {
		out.Status = 307
		add("location", a.location)
	} else {
		out.Status = a.kind.status
		if r.IsGRPC() {
			out.GRPCStatus, out.Body = a.kind.grpcStatus, a.kind.title // the proxy makes it the grpc-message
		} else if kind, body := p.body(r, a); body != "" {
			add("content-type", kind)
			out.Body = body
		}
		if challenge := p.challenge(r, a, state.TokenSeen); challenge != "" {
			add("www-authenticate", challenge)
		}
		if a.kind == &unavailable {
			add("retry-after", retryAfter)
		}
	}
	brought := state.Exchanged()
	if brought.Returned {
		add("cache-control", "private, no-store")
	} else {
		add("cache-control", "no-store")
	}
	for _, line := range brought.SetCookies {
		add("set-cookie", line)
	}
	if a.guard != "" {
		add("set-cookie", a.guard)
	}
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
	case !p.ProblemDetails:
		return "", ""
	}
	return "application/problem+json", `{"type":"about:blank","title":"` + a.kind.title +
		`","status":` + strconv.Itoa(a.kind.status) +
		`,"detail":"` + a.why.Error() +
		`","reason":"` + a.why.String() + `"}`
}
