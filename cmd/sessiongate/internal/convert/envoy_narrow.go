package convert

import (
	"slices"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/yamltext"
)

// metadata are fields of a JwtProvider that change what other filters see, and
// nothing about who gets in.
var metadata = []string{"payload_in_metadata", "payloadInMetadata", "header_in_metadata", "headerInMetadata", "failed_status_in_metadata", "failedStatusInMetadata",
	"normalize_payload_in_metadata", "normalizePayloadInMetadata", "clear_route_cache", "clearRouteCache"}

// envoySubjects writes which subjects a provider takes. It refuses all of them
// where a field narrows them in a way that has no equal.
func (d *draft) envoySubjects(p *provider, n *tree.Node) {
	subjects := n.Get("subjects")
	value, ok := matcher(subjects)
	if subjects.Exists() && !ok {
		d.remark(&p.notes, subjects.At(), true, "subjects has no equal if it is compared in this way")
	}
	switch {
	case subjects.Exists() && !ok, slices.ContainsFunc(p.unknown, func(name string) bool { return !slices.Contains(metadata, name) }):
		d.refuseAll(p, n.At())
	case ok:
		p.field("requiredClaims", "[{claim: sub, values: "+yamltext.List([]string{value})+"}]")
	}
}

// refuseAll has a provider take no token, where a field may narrow which it takes.
func (d *draft) refuseAll(p *provider, at tree.Place) {
	d.remark(&p.notes, at, false, "every token is refused here until you have decided")
	p.field("requiredClaims", never)
}

// perRoute notes what routes say of their own. Which requests take such a route
// cannot be told from the route alone, so everything is refused where one of
// them asks for another requirement.
func (d *draft) perRoute(routes []*tree.Node) {
	for _, route := range routes {
		name := route.Get("requirement_name", "requirementName")
		if !name.Exists() {
			d.remark(&d.notes, route.At(), true, "a route switches jwt_authn off; write a rule with auth: skip for its requests")
			continue
		}
		r := rule{need: need{session: true, never: true}}
		d.remark(&r.notes, route.At(), true, "A route asks for the requirement %s: everything is refused here until you have written a rule for its requests", oneLine(name.Str()))
		d.rules = slices.Insert(d.rules, 0, r)
	}
}
