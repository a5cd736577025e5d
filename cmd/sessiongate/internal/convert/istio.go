package convert

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// access are the rules of AuthorizationPolicies. A request must meet every
// denial that it falls under, and one of the allowances if there are any.
type access struct {
	denials, allowances []rule
	allows              bool // there is a policy that allows
}

// authorizationPolicy adds the rules of a policy.
func (d *draft) authorizationPolicy(a *access, document *tree.Node) {
	d.where(document)
	spec := document.Get("spec")
	d.unknown(&d.notes, spec, "selector", "targetRef", "targetRefs", "action", "rules")
	action := spec.Get("action").Str()
	switch action {
	case "", "ALLOW", "DENY":
	default:
		d.remark(&d.notes, spec.Get("action").At(), false, "%s: keep the AuthorizationPolicy %s, which has no equal", oneLine(action), oneLine(document.Path("metadata", "name").Str()))
		return
	}
	deny := action == "DENY"
	a.allows = a.allows || !deny
	for _, n := range spec.Get("rules").Items() {
		var r rule
		unknown := d.unknown(&r.notes, n, "from", "to", "when")
		if deny {
			r.need = d.denial(&r, n)
		} else {
			r.need = d.allowance(&r, n)
		}
		r.never = r.never || len(unknown) > 0
		for _, r := range d.operations(r, n) {
			if deny {
				a.denials = append(a.denials, r)
			} else {
				a.allowances = append(a.allowances, r)
			}
		}
	}
}

// coversAll reports whether every request falls under some rule: one has no
// limits, or two have the same paths, the one as paths and the other as notPaths.
func coversAll(rules []rule) bool {
	for _, r := range rules {
		if unlimited(r.match) {
			return true
		}
		for _, other := range rules {
			a, b := r.match, other.match
			if a.paths == nil || !slices.Equal(a.paths, b.notPaths) {
				continue
			}
			if a.paths, b.notPaths = nil, nil; unlimited(a) && unlimited(b) {
				return true
			}
		}
	}
	return false
}

func unlimited(m match) bool {
	return m.hosts == nil && m.notHosts == nil && m.paths == nil && m.notPaths == nil && m.methods == nil && m.notMethods == nil
}

// operations makes a rule of each operation.
func (d *draft) operations(r rule, n *tree.Node) (rules []rule) {
	to := n.Get("to").Items()
	if len(to) == 0 {
		return []rule{r}
	}
	for _, item := range to {
		operation := item.Get("operation")
		each := r
		each.notes = slices.Clone(r.notes)
		each.match = match{
			hosts: d.hosts(&each, operation.Get("hosts")), notHosts: d.hosts(&each, operation.Get("notHosts")),
			paths: listOf(operation.Get("paths")), notPaths: listOf(operation.Get("notPaths")),
			methods: d.methodsOf(&each, operation.Get("methods")), notMethods: d.methodsOf(&each, operation.Get("notMethods")),
		}
		unknown := d.unknown(&each.notes, operation, "hosts", "notHosts", "paths", "notPaths", "methods", "notMethods", "ports", "notPorts")
		each.never = each.never || len(unknown) > 0
		if operation.Has("ports", "notPorts") {
			each.never = true
			d.remark(&each.notes, operation.At(), true, "ports have no equal: everything is refused here until you have decided")
		}
		rules = append(rules, each)
	}
	return rules
}

// hosts are compared without their port here: any port of a host is one host.
func (d *draft) hosts(r *rule, n *tree.Node) (hosts []string) {
	all := listOf(n)
	for _, host := range all {
		if name, port, ok := strings.Cut(host, ":"); ok && !strings.Contains(name, "[") {
			if port != "*" && !slices.Contains(all, name) && !slices.Contains(all, name+":*") {
				r.never = true
				d.remark(&r.notes, n.At(), true, "the port %s is not compared: everything is refused here until you have decided", oneLine(port))
			}
			host = name
		}
		if host = strings.ToLower(host); !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// methodsOf are methods, which are exact here.
func (d *draft) methodsOf(r *rule, n *tree.Node) []string {
	all := listOf(n)
	for _, method := range all {
		if method == "*" && len(all) == 1 {
			return nil
		}
		if strings.Contains(method, "*") {
			r.never = true
			d.remark(&r.notes, n.At(), true, "methods are exact: everything is refused here until you have decided")
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(method string) bool { return strings.Contains(method, "*") })
}

// listOf is nil for what is not there.
func listOf(n *tree.Node) []string {
	if texts := n.Strings(); len(texts) > 0 {
		return texts
	}
	return nil
}
