package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// signer mints session tokens of Clerk's shape under one algorithm.
type signer struct {
	algorithm string
	key       *idp.Key
	issuer    *idp.Issuer
	count     int
}

func newSigner(algorithm string) (*signer, error) {
	key, err := idp.NewKey("bench-"+algorithm, algorithm)
	if err != nil {
		return nil, err
	}
	issuer, err := idp.NewClerk("clerk.example.com", true)
	if err != nil {
		return nil, err
	}
	return &signer{algorithm: algorithm, key: key, issuer: issuer}, nil
}

// token is one that was never made before: a session of its own, with every
// claim that a session of an organisation's member has.
func (s *signer) token() string {
	s.count++
	now := time.Now()
	session := s.issuer.Session(now)
	session.Header["alg"], session.Header["kid"] = s.algorithm, s.key.ID
	session.Claims["exp"] = now.Add(2 * time.Hour).Unix()
	session.Claims["iat"] = now.Add(-time.Minute).Unix()
	session.Claims["nbf"] = now.Add(-time.Minute).Unix()
	session.Claims["sid"] = fmt.Sprintf("sess_%024d", s.count)
	session.Claims["v"] = 2
	session.Claims["fea"] = "o:dashboard,o:teams"
	session.Claims["o"] = map[string]any{"id": "org_2b6fc1yB3xKqKpOYmuTkLB3eLrq", "slg": "example", "rol": "admin", "per": "manage,read", "fpm": "3,2"}
	return s.key.Token(session.Header, session.Claims)
}

func (s *signer) tokens(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = s.token()
	}
	return list
}

func (s *signer) keySet() string { return string(mustJSON(object{"keys": list{s.key.JWK()}})) }

// configuration is ours: preset clerk, all identity headers, keys inline.
func (s *signer) configuration() string {
	return string(mustJSON(object{"providers": list{object{
		"preset": "clerk", "publishableKey": s.issuer.PublishableKey,
		"authorizedParties": list{"https://app.example.com"},
		"algorithms":        list{s.algorithm},
		"jwks":              json.RawMessage(s.keySet()),
	}}}))
}

// plainConfiguration is ours without a preset: one cookie, and no cookies beside
// it that matter.
func (s *signer) plainConfiguration() string {
	return string(mustJSON(object{"providers": list{object{
		"name": "plain", "issuer": s.issuer.URL, "fromCookies": list{"__session"},
		"authorizedParties": list{"https://app.example.com"},
		"algorithms":        list{s.algorithm},
		"jwks":              json.RawMessage(s.keySet()),
	}}}))
}

func mustJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

// bearerRequest and cookieRequest are requests as browsers make them.
func bearerRequest(token string) []byte {
	return []byte("GET /api/orders?page=2 HTTP/1.1\r\nhost: app.example.com\r\n" + browser +
		"authorization: Bearer " + token + "\r\n\r\n")
}

func cookieRequest(token string) []byte {
	return []byte("GET /api/orders?page=2 HTTP/1.1\r\nhost: app.example.com\r\n" + browser +
		"cookie: theme=dark; __client_uat=1700000000; __session=" + token + "; _ga=GA1.2.1234567890.1700000000\r\n\r\n")
}

// longRequest has thirty headers, as browsers behind two proxies send them.
func longRequest(token string) []byte {
	return []byte("GET /api/orders?page=2 HTTP/1.1\r\nhost: app.example.com\r\n" + browser + furtherHeaders +
		"authorization: Bearer " + token + "\r\n\r\n")
}

const furtherHeaders = "sec-ch-ua: \"Chromium\";v=\"140\", \"Not=A?Brand\";v=\"24\"\r\nsec-ch-ua-mobile: ?0\r\nsec-ch-ua-platform: \"Linux\"\r\n" +
	"origin: http://app.example.com\r\ncache-control: no-cache\r\npragma: no-cache\r\npriority: u=1, i\r\ndnt: 1\r\n" +
	"x-requested-with: XMLHttpRequest\r\nx-csrf-token: 0123456789abcdef0123456789abcdef\r\ncookie: theme=dark; _ga=GA1.2.1234567890.1700000000; lang=en\r\n" +
	"x-real-ip: 192.0.2.7\r\nvia: 1.1 edge\r\ncdn-loop: edge\r\nx-amzn-trace-id: Root=1-67891233-abcdef012345678912345678\r\n" +
	"traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\ntracestate: congo=t61rcWkgMzE\r\nforwarded: for=192.0.2.60;proto=http\r\n"

const browser = "user-agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36\r\n" +
	"accept: application/json\r\naccept-language: en-US,en;q=0.9\r\naccept-encoding: gzip, deflate\r\n" +
	"referer: http://app.example.com/orders\r\nsec-fetch-dest: empty\r\nsec-fetch-mode: cors\r\nsec-fetch-site: same-origin\r\n"
