package session

import (
	"math/big"
	"strings"

	"github.com/tidwall/gjson"
)

// organisation reads Clerk's organisation claims: version 1 has them at the
// top, version 2 ("v": 2) in "o" and "fea".
func organisation(c *claims, id *Identity) {
	if v := c.get("v"); v.Type == gjson.Number && v.Num == 2 {
		organisationV2(c, id)
		return
	}
	id.OrgID = c.text("org_id")
	id.OrgRole = c.text("org_role")
	id.OrgSlug = c.text("org_slug")
	permissions := c.get("org_permissions")
	if !permissions.IsArray() {
		return
	}
	for _, p := range permissions.Array() {
		if p.Type == gjson.String {
			id.OrgPermissions = append(id.OrgPermissions, p.String())
		}
	}
}

func organisationV2(c *claims, id *Identity) {
	id.OrgID = c.text("o", "id")
	id.OrgSlug = c.text("o", "slg")
	if role := c.text("o", "rol"); role != "" {
		id.OrgRole = "org:" + role
	}
	id.OrgPermissions = permissionsV2(c.text("fea"), c.text("o", "per"), c.text("o", "fpm"))
}

// permissionsV2 multiplies out the compact form: features "o:dashboard,o:teams"
// (scopes o, ou and uo are the organisation's), permission names "manage,read",
// and for each such feature, in order, a number whose bit j (lowest first)
// grants the j-th name: "3,2".
func permissionsV2(features, names, masks string) []string {
	if features == "" || names == "" || masks == "" {
		return nil
	}
	name := strings.Split(names, ",")
	mask := strings.Split(masks, ",")
	var permissions []string
	i := 0
	for _, feature := range strings.Split(features, ",") {
		scope, feature, ok := strings.Cut(strings.TrimSpace(feature), ":")
		if !ok || scope != "o" && scope != "ou" && scope != "uo" {
			continue
		}
		if i == len(mask) {
			break
		}
		bits, ok := new(big.Int).SetString(strings.TrimSpace(mask[i]), 10)
		i++
		if !ok || bits.Sign() < 0 {
			continue
		}
		for j, n := range name {
			if bits.Bit(j) == 1 {
				permissions = append(permissions, "org:"+feature+":"+strings.TrimSpace(n))
			}
		}
	}
	return permissions
}
