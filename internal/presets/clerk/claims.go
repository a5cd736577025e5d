package clerk

import (
	"math/big"
	"strconv"
	"strings"
	"unsafe"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// Identity reads Clerk's claims about the organisation, the plans, the features
// and the factors.
func Identity(c session.Claims, id *session.Identity) {
	organisation(c, id)
	billing(c, id)
	id.Factors = factorsOf(c.Get("fva").Raw)
}

// organisation: version 1 has the claims at the top, version 2 ("v": 2) in "o"
// and "fea".
func organisation(c session.Claims, id *session.Identity) {
	if v, _ := c.Get("v").Number(); v == 2 {
		organisationV2(c, id)
		return
	}
	id.OrgID = c.Text("org_id")
	id.OrgRole = c.Text("org_role")
	id.OrgSlug = c.Text("org_slug")
	id.OrgPermissions = c.Texts("org_permissions")
}

// Uniform finds an organisation's claim by its name of version 1, in tokens of
// either version; and plans and features.
func Uniform(id *session.Identity, name string) (texts []string, list, uniform bool) {
	var text *string
	switch name {
	case "org_id":
		text = &id.OrgID
	case "org_role":
		text = &id.OrgRole
	case "org_slug":
		text = &id.OrgSlug
	case "org_permissions":
		return id.OrgPermissions, true, true
	default:
		texts, list = entitled(id.Billing, name)
		return texts, list, list
	}
	if *text == "" {
		return nil, false, true
	}
	return unsafe.Slice(text, 1), false, true // a list of one, without making it on each request
}

// PendingSession reports whether the sign-in is not finished.
func PendingSession(c session.Claims) bool { return c.Text("sts") == "pending" }

func organisationV2(c session.Claims, id *session.Identity) {
	var role, permissions, masks string
	jwt.MembersOf(c.Get("o"), func(name, text string) {
		switch name {
		case "id":
			id.OrgID = text
		case "slg":
			id.OrgSlug = text
		case "rol":
			role = text
		case "per":
			permissions = text
		case "fpm":
			masks = text
		}
	})
	if role != "" {
		id.OrgRole = "org:" + role
	}
	id.OrgPermissions = permissionsV2(c.Text("fea"), permissions, masks)
}

// permissionsV2 multiplies out the compact form: features "o:dashboard,o:teams"
// (scopes o, ou and uo are the organisation's), permission names "manage,read",
// and for each such feature, in order, a number whose bit j (lowest first)
// grants the j-th name: "3,2".
func permissionsV2(features, names, masks string) []string {
	if features == "" || names == "" || masks == "" {
		return nil
	}
	permissions := make([]string, 0, 4) // most sessions have few
	for features != "" && masks != "" {
		var feature, mask string
		feature, features, _ = strings.Cut(features, ",")
		scope, feature, ok := strings.Cut(strings.TrimSpace(feature), ":")
		if !ok || scope != "o" && scope != "ou" && scope != "uo" {
			continue
		}
		mask, masks, _ = strings.Cut(masks, ",")
		permissions = appendGranted(permissions, feature, names, strings.TrimSpace(mask))
	}
	return permissions
}

// appendGranted appends the permissions of a feature: the names whose bits are set
// in mask, a number of any size; most fit 64 bits.
func appendGranted(permissions []string, feature, names, mask string) []string {
	small, err := strconv.ParseUint(mask, 10, 64)
	var large *big.Int
	if err != nil {
		var ok bool
		if large, ok = new(big.Int).SetString(mask, 10); !ok || large.Sign() < 0 {
			return permissions
		}
	}
	bit := 0
	for name := range strings.SplitSeq(strings.TrimSuffix(names, ","), ",") {
		if large != nil && large.Bit(bit) == 1 || large == nil && bit < 64 && small>>bit&1 == 1 {
			permissions = append(permissions, "org:"+feature+":"+strings.TrimSpace(name))
		}
		bit++
	}
	return permissions
}
