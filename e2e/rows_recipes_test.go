package e2e

import (
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// recipeRows are the tokens of all recipes, with all of their providers at once.
func recipeRows() []Row {
	var rows []Row
	for _, r := range recipes() {
		rows = append(rows, r.rows()...)
	}
	return rows
}

func (r *recipe) rows() []Row {
	rows := make([]Row, len(r.tests))
	for i := range r.tests {
		test := &r.tests[i]
		p := r.provider(test)
		rows[i] = Row{
			Name: "recipe " + r.name + ": " + test.Name, Config: r.config(),
			Request: test.Request + "\n" + placeOf(p, test.Token.In), Want: test.want(),
			Tokens: map[string]func(*Mint) string{"token": func(m *Mint) string { return test.token(p, m.Now) }},
		}
	}
	return rows
}

// provider is the one whose token a test sends.
func (r *recipe) provider(test *recipeTest) map[string]any {
	for _, p := range r.providers {
		if test.Token.Provider == p["name"] || test.Token.Provider == "" {
			return p
		}
	}
	panic(r.name + ": there is no provider " + test.Token.Provider)
}

// want is what a test expects.
func (test *recipeTest) want() Want {
	if test.Expect.Outcome != "signed-in" {
		return denied(test.Expect.Status, test.Expect.Reason)
	}
	headers := "x-identity-status: signed-in\nx-identity-provider: *"
	for name, value := range test.Expect.Backend {
		if value != nil {
			headers += "\n" + name + ": " + *value
		}
	}
	return Want{Upstream: headers}
}

// placeOf is the line of a request that has a token.
func placeOf(provider map[string]any, in string) string {
	headers, given := provider["fromHeaders"].([]any)
	switch {
	case in == "cookie" || given && len(headers) == 0:
		return "Cookie: " + provider["fromCookies"].([]any)[0].(string) + "={token}"
	case given:
		return headers[0].(map[string]any)["name"].(string) + ": {token}"
	}
	return "Authorization: Bearer {token}"
}

func (test *recipeTest) token(provider map[string]any, now time.Time) string {
	if test.Token.Text != "" {
		return test.Token.Text
	}
	key := signerOf(provider).Key()
	issuer := provider["issuer"]
	if list, several := issuer.([]any); several {
		issuer = list[0]
	}
	session := idp.Session{
		Key:    key,
		Header: map[string]any{"alg": key.Algorithm, "kid": key.ID, "typ": "JWT"},
		Claims: map[string]any{"iss": issuer, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix()},
	}
	overlay(session.Header, test.Token.Header)
	overlay(session.Claims, test.Token.Claims)
	return session.Token()
}

// overlay puts members into an object; null takes one out.
func overlay(object, members map[string]any) {
	for name, value := range members {
		if object[name] = value; value == nil {
			delete(object, name)
		}
	}
}
