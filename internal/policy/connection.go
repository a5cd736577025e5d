package policy

import "github.com/sessiongate/sessiongate/internal/request"

// plainConnection takes everything out of Connection that a client has named
// there besides the upgrade. Proxies keep that header on upgrades, and the next
// hop removes the headers that it names (RFC 9110 section 7.6.1): ours, too.
func plainConnection(r *request.Request, d *Decision) {
	if _, upgrades := r.Header("upgrade"); !upgrades {
		return
	}
	if value, there := r.Header("connection"); there && (value != "upgrade" || r.Count("connection") > 1) {
		d.Edits = append(d.Edits, Edit{Op: Set, Name: "connection", Value: "upgrade"})
	}
}
