package convert

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// allowance is what a request needs to be allowed by a rule.
func (d *draft) allowance(r *rule, n *tree.Node) (out need) {
	sources := n.Get("from").Items()
	var principals []string
	for _, item := range sources {
		source := item.Get("source")
		named := source.Get("requestPrincipals")
		if strange := strangeSource(source, "requestPrincipals"); strange != "" {
			return d.refused(r, n.Get("from").At(), strange)
		}
		principals = append(principals, named.Strings()...)
	}
	if len(sources) > 0 {
		out = out.also(d.principals(r, n.Get("from").At(), principals))
	}
	for _, when := range n.Get("when").Items() {
		out = out.also(d.when(r, when, false))
	}
	return out
}

// denial is what a request needs not to be denied by a rule.
func (d *draft) denial(r *rule, n *tree.Node) (out need) {
	sources, whens := n.Get("from").Items(), n.Get("when").Items()
	if len(sources)+len(whens) == 0 {
		return need{never: true}
	}
	if len(sources)+len(whens) > 1 {
		d.remark(&r.notes, n.At(), false, "Istio denies requests that meet all conditions of this rule; here one condition is enough")
	}
	for _, item := range sources {
		source := item.Get("source")
		named := source.Get("notRequestPrincipals")
		if strange := strangeSource(source, "notRequestPrincipals"); strange != "" {
			return d.refused(r, item.At(), strange)
		}
		out = out.also(d.principals(r, item.At(), named.Strings()))
	}
	for _, when := range whens {
		out = out.also(d.when(r, when, true))
	}
	return out
}

// refused is the need that no request meets, for what cannot be converted.
func (d *draft) refused(r *rule, at tree.Place, what string) need {
	d.remark(&r.notes, at, true, "%s has no equal: everything is refused here until you have decided", what)
	return need{never: true}
}

// strangeSource says what a source has beside principals of one kind, or "".
func strangeSource(source *tree.Node, kind string) string {
	var others []string
	if source != nil {
		for _, m := range source.Members {
			if m.Name != kind {
				others = append(others, oneLine(m.Name))
			}
		}
	}
	switch {
	case others != nil:
		return "a source by " + strings.Join(others, ", ")
	case !source.Get(kind).Exists():
		return "a source without " + kind
	}
	return ""
}

// principals are "issuer/subject", of which one has to fit.
func (d *draft) principals(r *rule, at tree.Place, texts []string) need {
	out := need{session: true}
	var subjects []string
	for _, text := range texts {
		if text == "*" {
			return out
		}
		i := slices.IndexFunc(d.providers, func(p provider) bool { return p.issuer != "" && strings.HasPrefix(text, p.issuer+"/") })
		if i < 0 {
			return d.refused(r, at, "the principal "+oneLine(text)+" of an issuer that has no jwtRule")
		}
		p := d.providers[i]
		if !slices.Contains(out.providers, p.name) {
			out.providers = append(out.providers, p.name)
		}
		subjects = append(subjects, strings.TrimPrefix(text, p.issuer+"/"))
	}
	if !slices.ContainsFunc(subjects, func(s string) bool { return s != "*" }) {
		return out
	}
	if len(out.providers) != 1 {
		return d.refused(r, at, "a list of principals of several issuers, some of them with a subject,")
	}
	out.require = []condition{{claim: "sub", values: subjects}}
	return out
}

// when is a condition on an attribute. Where it denies, the request needs the
// opposite.
func (d *draft) when(r *rule, n *tree.Node, denies bool) need {
	key := n.Get("key").Str()
	var names []string
	switch {
	case strings.HasPrefix(key, "request.auth.claims["):
		names = strings.Split(strings.TrimSuffix(strings.TrimPrefix(key, "request.auth.claims["), "]"), "][")
	case key == "request.auth.audiences":
		names = []string{"aud"}
	case key == "request.auth.presenter":
		names = []string{"azp"}
	case key == "request.auth.principal" && !n.Has("notValues") && !denies:
		return d.principals(r, n.At(), n.Get("values").Strings())
	case key == "request.auth.principal" && !n.Has("values") && denies:
		return d.principals(r, n.At(), n.Get("notValues").Strings())
	default:
		return d.refused(r, n.At(), "a condition on "+oneLine(key))
	}
	out := need{session: true}
	values, notValues := listOf(n.Get("values")), listOf(n.Get("notValues"))
	if denies {
		values, notValues = notValues, values
	}
	if denies && notValues != nil {
		// Istio denies those who have the value; who is signed out has none.
		d.remark(&r.notes, n.At(), false, "Istio lets requests without a token pass here; this needs a session")
	}
	for _, c := range []condition{{claimPath(names), values, nil}, {claimPath(names), nil, notValues}} {
		if c.values != nil || c.notValues != nil {
			out.require = append(out.require, c)
		}
	}
	return out
}
