package explain

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// wrong says which value of the request led to the decision, and what would
// pass. It is empty for a request in which nothing is wrong.
func (e *Explanation) wrong() string {
	d := &e.Decision
	if d.Reason == reason.None || d.Reason == reason.CORSPreflight {
		return ""
	}
	if say := aboutRequest[d.Reason]; say != nil {
		return say(e)
	}
	if say := aboutSession[d.Reason]; say != nil {
		return say(e)
	}
	if d.Reason == reason.TokenTypeMismatch {
		if text := e.kind(); text != "" {
			return text
		}
	}
	for i := range e.tokens {
		t := &e.tokens[i]
		if c := t.wrong(); c != nil && (d.Provider == nil || t.provider == d.Provider || t.parsed == nil) {
			return t.place + ": " + c.name + " " + c.text()
		}
	}
	if len(e.tokens) > 0 {
		return e.tokens[0].place + ": the token meets its provider's conditions, but not those of the rule"
	}
	return ""
}

func (c *check) text() string {
	if c.want == "" {
		return c.found
	}
	return c.found + "; would pass: " + c.want
}

// aboutRequest are the reasons that are not about a token.
var aboutRequest = map[reason.Reason]func(*Explanation) string{
	reason.TokenMissing:           (*Explanation).noToken,
	reason.OriginNotAllowed:       (*Explanation).origin,
	reason.AuthorizationAmbiguous: (*Explanation).ambiguous,
	reason.CookiesTooMany:         (*Explanation).cookies,
	reason.ClaimsMismatch:         (*Explanation).claims,
	reason.StepUpRequired:         (*Explanation).stepUp,
	reason.TokenAudienceMismatch:  (*Explanation).audience,
	reason.PathInvalid: func(e *Explanation) string {
		return "the path " + show(e.request.Target) + "; would pass: a path that begins with \"/\", without control characters when decoded once or twice, and without very many escapes, dots and slashes"
	},
	reason.AuthorityInvalid: func(e *Explanation) string {
		return "the host " + shown(hosts(e.request)) + "; would pass: one host name or address, with or without a port, and no second one in the target"
	},
	reason.MethodInvalid: func(e *Explanation) string {
		return "the method " + shown(methods(e.request)) + "; would pass: a token such as GET, and the same in method overrides"
	},
	reason.KeysUnavailable: func(e *Explanation) string {
		if e.Decision.Provider == nil {
			return ""
		}
		return "no keys of " + e.Decision.Provider.Name + ": " + e.whyNoKeys(e.Decision.Provider)
	},
}

// noToken names the places where a token would have been found.
func (e *Explanation) noToken() string {
	var places []string
	for _, p := range e.providers() {
		for _, h := range p.Headers {
			places = append(places, "header "+h.Name+" with "+show(h.Prefix))
		}
		for _, name := range p.TokenParams() {
			places = append(places, "query parameter "+name)
		}
		for _, name := range p.TokenCookies() {
			places = append(places, "cookie "+name)
		}
	}
	places = slices.DeleteFunc(places, func(place string) bool { return strings.HasSuffix(place, " __clerk_handshake") })
	return "no token in " + strings.Join(unique(places), ", ") + found(e.request)
}

// found says which headers that could matter there are.
func found(r *request.Request) string {
	var names []string
	for _, name := range []string{"authorization", "cookie"} {
		if _, lines := r.Header(name); lines > 0 {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "; the request has neither Authorization nor Cookie"
	}
	return "; the request has " + strings.Join(names, " and ") + ", without such a token"
}

func (e *Explanation) origin() string {
	return "Origin " + shown(e.request.Values("origin")) + "; would pass: " + shown(e.policy.AllowedOrigins) + " (allowedOrigins)"
}

func (e *Explanation) ambiguous() string {
	for _, p := range e.policy.Providers {
		for _, h := range p.Headers {
			if _, why := e.request.Bearer(h.Name, h.Prefix); why != reason.None {
				return "header " + h.Name + ": " + count(len(e.request.Values(h.Name)), "line") + ", or credentials with a comma between them; would pass: one line with one credential"
			}
		}
		for _, name := range p.TokenParams() {
			if _, _, why := e.request.Param(name); why != reason.None {
				return "query parameter " + name + ": several values, or one that servers read differently; would pass: one value"
			}
		}
	}
	return ""
}

func (e *Explanation) cookies() string {
	n := 0
	for _, line := range e.request.Values("cookie") {
		n += strings.Count(line, ";") + 1
	}
	return count(n, "cookie") + "; would pass: at most " + strconv.Itoa(request.MaxCookies)
}

// claims names the conditions that the token does not meet.
func (e *Explanation) claims() string {
	index := e.rule()
	if index == policy.NoIndex || len(e.verified) == 0 {
		return ""
	}
	v := e.verified[len(e.verified)-1]
	var all []string
	for _, unmet := range e.policy.Unmet(index, e.request, v.provider, v.verified) {
		name := unmet.Claim.Text
		var elements []string
		nested := session.EachElement(v.verified, v.provider, unmet.Claim, func(element string) { elements = append(elements, element) })
		have, want := shown(elements), shown(unmet.Values)+" (values)"
		if nested {
			have = "an object, or a list of such"
		}
		switch {
		case unmet.NotValues != nil:
			want = "anything but " + shown(unmet.NotValues) + " (notValues)"
		case unmet.Equals != "" && unmet.Named != "":
			want = show(unmet.Named) + ", the request's text for " + unmet.Equals
		case unmet.Equals != "":
			want = "nothing: the request has no single value for " + unmet.Equals
		}
		all = append(all, "claim "+name+" "+have+"; would pass: "+want)
	}
	if all == nil {
		return e.stepUp() // of which the token says nothing
	}
	return strings.Join(all, ". ")
}

// audience is about a token that its provider takes and the rule does not.
func (e *Explanation) audience() string {
	index := e.rule()
	if index == policy.NoIndex {
		return ""
	}
	for i := range e.tokens {
		if t := &e.tokens[i]; t.parsed != nil && t.wrong() == nil {
			return t.place + ": aud " + shown(t.parsed.Claims.Audience) + "; would pass: " + shown(e.policy.Rules[index].Audiences) + " (audiences of the rule)"
		}
	}
	return ""
}

func hosts(r *request.Request) []string {
	all := append([]string{r.Authority}, r.Values("host")...)
	all = append(all, r.Values(":authority")...)
	if !strings.HasPrefix(r.Target, "/") {
		all = append(all, r.Target)
	}
	return unique(all)
}

func methods(r *request.Request) []string {
	all := []string{r.Method}
	for _, h := range r.Headers {
		if request.IsMethodOverride(h[0]) {
			all = append(all, h[1])
		}
	}
	if value, present := r.FirstParam("_method"); present {
		all = append(all, value)
	}
	return unique(all)
}

// unique are the texts without repetitions.
func unique(texts []string) (all []string) {
	seen := map[string]bool{}
	for _, text := range texts {
		if !seen[text] {
			seen[text] = true
			all = append(all, text)
		}
	}
	return all
}
