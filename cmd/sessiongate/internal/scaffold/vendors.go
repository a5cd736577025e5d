package scaffold

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/yamltext"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// vendor is whose sessions the files are for.
type vendor struct {
	ID, Title  string
	Nothing    reason.Reason // of requests without a token
	Expired    reason.Reason
	Restricted restricted
	// ChecksOrigins: the origins of pages are in tokens (azp).
	ChecksOrigins bool
	// flags registers the vendor's own, and provider makes the provider's fields
	// of them.
	flags    func(*cobra.Command, *identity)
	provider func(*cobra.Command, *identity) ([]field, error)
	short    string
	example  string
}

// restricted is a rule with a condition, to be changed.
type restricted struct {
	Name, Claim, Pattern string
	Token                string // the name of one that meets it
	Less, Enough         string // claims that do not meet it, and that do
}

// identity are the values of the vendors' flags.
type identity struct {
	publishableKey, projectID, frontendAPI, issuer, jwksURI, cookie string
	audiences                                                       []string
}

// field is a field of a provider. Its value is one text or several.
type field struct {
	Name  string
	Value any
}

// YAML is the value as YAML.
func (f field) YAML() string {
	if several, is := f.Value.([]string); is {
		return yamltext.List(several)
	}
	return yamltext.Scalar(f.Value.(string))
}

// isDevelopment reports whether the field is the key of a development instance.
func (f field) isDevelopment() bool {
	key, _ := f.Value.(string)
	return f.Name == "publishableKey" && strings.HasPrefix(key, "pk_test_")
}

// JSON is the value as JSON.
func (f field) JSON() string {
	if several, is := f.Value.([]string); is {
		return yamltext.List(several)
	}
	return yamltext.Quote(f.Value.(string))
}

var administrators = restricted{
	Name: "admin", Claim: "org_role", Pattern: "org:admin", Token: "admin",
	Less: `{org_id: org_1, org_role: "org:member"}`, Enough: `{org_id: org_1, org_role: "org:admin"}`,
}

var vendors = []vendor{
	{
		ID: "clerk", Title: "Clerk", Nothing: reason.SessionTokenAndUATMissing, Expired: reason.SessionTokenExpired,
		Restricted: administrators, ChecksOrigins: true,
		short:   "Write files for sessions of Clerk",
		example: "  sessiongate init clerk --publishable-key pk_live_Y2xlcmsuZXhhbXBsZS5jb20k --origin https://app.example.com --target istio-ingress",
		flags: func(cmd *cobra.Command, i *identity) {
			cmd.Flags().StringVar(&i.publishableKey, "publishable-key", "", "the `key` that begins with pk_live_ or pk_test_, from Clerk's dashboard")
			_ = cmd.MarkFlagRequired("publishable-key")
		},
		provider: func(_ *cobra.Command, i *identity) ([]field, error) {
			return []field{{"preset", "clerk"}, {"publishableKey", i.publishableKey}}, nil
		},
	},
	{
		ID: "oneauxilia", Title: "OneAuxilia", Nothing: reason.TokenMissing, Expired: reason.TokenExpired,
		Restricted: administrators, ChecksOrigins: true,
		short:   "Write files for sessions of OneAuxilia",
		example: "  sessiongate init oneauxilia --issuer https://oneauxilia.example.com --origin https://app.example.com --target compose",
		flags: func(cmd *cobra.Command, i *identity) {
			cmd.Flags().StringVar(&i.issuer, "issuer", "", "the issuer's `URL`: https://oneauxilia.YOUR-SITE, or https://YOUR-SITE.oneauxilia.io")
			cmd.Flags().StringVar(&i.jwksURI, "jwks-uri", "", "the `URL` of the key set (default: the issuer's /.well-known/jwks.json)")
			_ = cmd.MarkFlagRequired("issuer")
		},
		provider: func(_ *cobra.Command, i *identity) ([]field, error) {
			if i.jwksURI == "" {
				i.jwksURI = i.issuer + "/.well-known/jwks.json"
			}
			return []field{{"preset", "oneauxilia"}, {"issuer", i.issuer}, {"jwksUri", i.jwksURI}}, nil
		},
	},
	{
		ID: "corbado", Title: "Corbado", Nothing: reason.TokenMissing, Expired: reason.TokenExpired,
		Restricted: restricted{
			Name: "verified", Claim: "email", Pattern: "*@example.com", Token: "verified",
			Less: `{email: "user@elsewhere.example"}`, Enough: `{email: "user@example.com"}`,
		},
		short:   "Write files for sessions of Corbado",
		example: "  sessiongate init corbado --project-id pro-123 --origin https://app.example.com --target envoy-gateway",
		flags: func(cmd *cobra.Command, i *identity) {
			cmd.Flags().StringVar(&i.projectID, "project-id", "", "the project's `id`, such as pro-123")
			cmd.Flags().StringVar(&i.frontendAPI, "frontend-api", "", "the `URL` of the Frontend API, if it has a name of your own")
			_ = cmd.MarkFlagRequired("project-id")
		},
		provider: func(_ *cobra.Command, i *identity) ([]field, error) {
			fields := []field{{"preset", "corbado"}, {"projectId", i.projectID}}
			if i.frontendAPI != "" {
				fields = append(fields, field{"frontendApi", i.frontendAPI})
			}
			return fields, nil
		},
	},
	{
		ID: "oidc", Title: "OpenID Connect", Nothing: reason.TokenMissing, Expired: reason.TokenExpired,
		Restricted: restricted{
			Name: "admin", Claim: "roles", Pattern: "admin", Token: "admin", Less: "{roles: [reader]}", Enough: "{roles: [admin]}",
		},
		short:   "Write files for any issuer of JWTs, such as Keycloak",
		example: "  sessiongate init oidc --issuer https://login.example.com/realms/shop --audience orders --origin https://app.example.com --target istio-sidecar --label app=orders",
		flags: func(cmd *cobra.Command, i *identity) {
			cmd.Flags().StringVar(&i.issuer, "issuer", "", "the issuer's `URL`, exactly as tokens have it in iss")
			cmd.Flags().StringVar(&i.jwksURI, "jwks-uri", "", "the `URL` of the key set (default: what the issuer's discovery document says)")
			cmd.Flags().StringArrayVar(&i.audiences, "audience", nil, "a `value` of aud in tokens for this backend; may be repeated")
			cmd.Flags().StringVar(&i.cookie, "cookie", "", "the `name` of a cookie with the token, if there is one")
			_ = cmd.MarkFlagRequired("issuer")
			_ = cmd.MarkFlagRequired("audience")
		},
		provider: oidcProvider,
	},
}

func oidcProvider(cmd *cobra.Command, i *identity) ([]field, error) {
	if i.jwksURI == "" {
		found, err := discover(cmd.Context(), i.issuer)
		if err != nil {
			return nil, fmt.Errorf("%w; look up jwks_uri in %s%s, and write --jwks-uri URL", err, i.issuer, wellKnown)
		}
		i.jwksURI = found
	}
	if len(i.audiences) == 0 {
		return nil, errors.New("--audience: missing; without one, tokens for other applications of the issuer pass")
	}
	fields := []field{{"name", "oidc"}, {"issuer", i.issuer}, {"jwksUri", i.jwksURI}, {"audiences", i.audiences}}
	if i.cookie != "" {
		fields = append(fields, field{"fromCookies", []string{i.cookie}})
	}
	return fields, nil
}
