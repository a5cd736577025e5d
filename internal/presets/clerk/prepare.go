package clerk

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
)

// publishable is what a publishable key and the fields beside it say.
type publishable struct {
	host        string // of the Frontend API
	development bool
	proxy       string // proxyUrl without slash at the end; empty: none
	satellite   string // origin of the satellite's Frontend API; empty: none
	bearerOnly  bool   // fromCookies is []: no cookies are read
}

// prepare derives issuers, key set and instance from the publishable key.
func prepare(s *session.Settings) (session.Instance, problem.List) {
	var problems problem.List
	if len(s.FromCookies) > 0 {
		problems.Fail("fromCookies", "preset clerk knows its cookies; leave fromCookies out, or write [] to read no cookies at all")
	}
	k := publishable{bearerOnly: s.FromCookies != nil, proxy: strings.TrimRight(s.ProxyURL, "/")}
	if s.PublishableKey == "" {
		if !k.bearerOnly || len(s.Issuers) == 0 || s.InlineKeys == nil && s.JWKSURI == "" {
			problems.Fail("publishableKey", "missing; write the key that begins with pk_live_ or pk_test_, from Clerk's dashboard")
		}
		return nil, problems
	}
	var ok bool
	if k.host, k.development, ok = parsePublishableKey(s.PublishableKey); !ok {
		problems.Fail("publishableKey", "not a publishable key; write the one that begins with pk_live_ or pk_test_, from Clerk's dashboard")
		return nil, problems
	}
	if s.Domain != "" {
		k.satellite = "https://clerk." + s.Domain
	}
	problems = append(problems, k.checkSatellite(s)...)
	k.fillIn(s)
	if k.bearerOnly {
		if s.Handshake != nil && *s.Handshake {
			problems.Fail("handshake", "needs cookies, which fromCookies: [] switches off; leave one of the two out")
		}
		return nil, problems
	}
	if s.AuthorizedParties == nil {
		problems.Warn("authorizedParties", "not set: a page on another subdomain could plant its own session cookie; write the origins of your pages, such as [\"https://app.example.com\"]")
	}
	return k.instance(s), problems
}

// checkSatellite names what is wrong with the fields about satellites.
func (k *publishable) checkSatellite(s *session.Settings) (problems problem.List) {
	if s.Domain != "" && !session.IsHost(s.Domain) {
		problems.Fail("domain", "not a host name; write it alone, such as \"satellite.example\"")
	}
	switch {
	case s.IsSatellite:
		if s.Domain == "" && k.proxy == "" {
			problems.Fail("isSatellite", "a satellite needs \"domain\" (or \"proxyUrl\"); write the satellite's own domain")
		}
		if k.development && !strings.Contains(s.SignInURL, "://") {
			problems.Fail("signInUrl", "a satellite of a development instance needs it; write the absolute URL of the primary domain's sign-in page")
		}
	case s.SatelliteAutoSync:
		problems.Fail("satelliteAutoSync", "works on satellites only; write \"isSatellite\": true too, or leave it out")
	case s.Domain != "":
		problems.Fail("domain", "works on satellites only; write \"isSatellite\": true too, or leave it out")
	}
	return problems
}

// fillIn writes the issuers and the URL of the keys, where they are not given.
func (k *publishable) fillIn(s *session.Settings) {
	if s.Issuers == nil {
		s.Issuers = []string{"https://" + k.host}
		if k.proxy != "" {
			s.Issuers = append(s.Issuers, k.proxy, k.proxy+"/")
		}
		if s.IsSatellite && k.satellite != "" {
			s.Issuers = append(s.Issuers, k.satellite)
		}
	}
	if s.InlineKeys == nil && s.JWKSURI == "" {
		s.JWKSURI = "https://" + k.host + "/.well-known/jwks.json"
	}
}

// instance is what requests need to know.
func (k *publishable) instance(s *session.Settings) *instance {
	c := &instance{
		development: k.development,
		suffixed:    withSuffix(cookieSuffix(s.PublishableKey)),
		frontendAPI: "https://" + k.host,
		handshake:   s.Handshake == nil || *s.Handshake,
		satellite:   s.IsSatellite,
		autoSync:    s.SatelliteAutoSync,
		signInURL:   s.SignInURL,
	}
	switch {
	case k.proxy != "":
		c.frontendAPI = k.proxy
	case s.IsSatellite && !k.development:
		c.frontendAPI = k.satellite
	}
	return c
}
