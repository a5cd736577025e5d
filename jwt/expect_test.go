package jwt_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/jwt"
)

// mismatchOfX is a check that a vendor might have.
func mismatchOfX(p *jwt.Parsed) reason.Reason {
	if p.Header.Private == "x" {
		return reason.TokenTypeMismatch
	}
	return reason.None
}

func TestHeader(t *testing.T) {
	with := func(change func(e *jwt.Expect)) jwt.Expect {
		e := expect()
		change(&e)
		return e
	}
	plain := expect()
	vendor := with(func(e *jwt.Expect) {
		e.Precheck, e.Types, e.Algorithms = mismatchOfX, []string{"jwt"}, jwa.SetOf(jwa.RS256)
	})
	none := with(func(e *jwt.Expect) { e.Types = nil })
	custom := with(func(e *jwt.Expect) { e.Types = []string{"secevent+jwt"} })
	const sub = `{"sub":"user_1"}`
	for name, row := range map[string]struct {
		expect          jwt.Expect
		header, payload string
		want            reason.Reason
	}{
		"plain":                           {plain, `{"alg":"ES256"}`, sub, reason.None},
		"typ JWT":                         {plain, `{"alg":"ES256","typ":"JWT"}`, sub, reason.None},
		"typ jwt":                         {plain, `{"alg":"ES256","typ":"jwt"}`, sub, reason.None},
		"typ application/jwt":             {plain, `{"alg":"ES256","typ":"Application/JWT"}`, sub, reason.None},
		"typ at+jwt":                      {plain, `{"alg":"ES256","typ":"AT+JWT"}`, sub, reason.None},
		"typ application/at+jwt":          {plain, `{"alg":"ES256","typ":"application/at+jwt"}`, sub, reason.None},
		"typ empty":                       {plain, `{"alg":"ES256","typ":""}`, sub, reason.TokenInvalid},
		"typ application/":                {plain, `{"alg":"ES256","typ":"application/"}`, sub, reason.TokenInvalid},
		"typ of another kind":             {plain, `{"alg":"ES256","typ":"dpop+jwt"}`, sub, reason.TokenInvalid},
		"typ twice application":           {plain, `{"alg":"ES256","typ":"application/application/jwt"}`, sub, reason.TokenInvalid},
		"typ with a space":                {plain, `{"alg":"ES256","typ":"JWT "}`, sub, reason.TokenInvalid},
		"no types: typ missing":           {none, `{"alg":"ES256"}`, sub, reason.None},
		"no types: typ JWT":               {none, `{"alg":"ES256","typ":"JWT"}`, sub, reason.TokenInvalid},
		"other types: typ":                {custom, `{"alg":"ES256","typ":"application/SecEvent+JWT"}`, sub, reason.None},
		"other types: at+jwt":             {custom, `{"alg":"ES256","typ":"at+jwt"}`, sub, reason.TokenTypeMismatch},
		"private parameter, no precheck":  {plain, `{"alg":"ES256","cat":"x"}`, sub, reason.None},
		"vendor: another parameter":       {vendor, `{"alg":"RS256","kid":"x"}`, sub, reason.None},
		"vendor: unknown":                 {vendor, `{"alg":"RS256","cat":"x"}`, sub, reason.TokenTypeMismatch},
		"vendor: category before typ":     {vendor, `{"alg":"RS256","cat":"x","typ":"y"}`, sub, reason.TokenTypeMismatch},
		"vendor: typ before alg":          {vendor, `{"alg":"none","typ":"y"}`, sub, reason.TokenInvalid},
		"vendor: category before alg":     {vendor, `{"alg":"none","cat":"x"}`, sub, reason.TokenTypeMismatch},
		"alg not in the list":             {vendor, `{"alg":"RS384"}`, sub, reason.TokenInvalidAlgorithm},
		"alg of another kind":             {vendor, `{"alg":"ES256"}`, sub, reason.TokenInvalidAlgorithm},
		"alg missing":                     {plain, `{}`, sub, reason.TokenInvalidAlgorithm},
		"alg empty":                       {plain, `{"alg":""}`, sub, reason.TokenInvalidAlgorithm},
		"alg none":                        {plain, `{"alg":"none"}`, sub, reason.TokenInvalidAlgorithm},
		"alg None":                        {plain, `{"alg":"None"}`, sub, reason.TokenInvalidAlgorithm},
		"alg HS256":                       {plain, `{"alg":"HS256"}`, sub, reason.TokenInvalidAlgorithm},
		"alg rs256":                       {plain, `{"alg":"rs256"}`, sub, reason.TokenInvalidAlgorithm},
		"alg Ed25519, the name of 9864":   {plain, `{"alg":"Ed25519"}`, sub, reason.None},
		"alg RS256 only in another case":  {plain, `{"Alg":"RS256"}`, sub, reason.TokenInvalidAlgorithm},
		"alg in the list by zero value":   {jwt.Expect{}, `{"alg":"RS256"}`, sub, reason.TokenInvalidAlgorithm},
		"the alg of a key of an attacker": {plain, `{"alg":"ES256","jwk":{"kty":"EC"}}`, sub, reason.None},
	} {
		t.Run(name, func(t *testing.T) {
			if got := row.expect.Header(mustParse(t, assemble(row.header, row.payload))); got != row.want {
				t.Errorf("got %q, want %q", got.String(), row.want.String())
			}
		})
	}
}

func TestClaims(t *testing.T) {
	type m = map[string]any
	with := func(change func(e *jwt.Expect)) jwt.Expect {
		e := expect()
		change(&e)
		return e
	}
	plain := expect()
	audience := with(func(e *jwt.Expect) { e.Audiences = []string{"api", "web"} })
	party := with(func(e *jwt.Expect) { e.AuthorizedParties = []string{"https://app.example"} })
	lax := with(func(e *jwt.Expect) { e.RequireExpiration = false })
	strict := with(func(e *jwt.Expect) { e.ClockSkew = 0 })
	aged := with(func(e *jwt.Expect) { e.MaxAge = time.Minute })
	many := with(func(e *jwt.Expect) { e.Issuers = []string{"https://a.example", "https://issuer.example"} })
	const at = 1_800_000_000
	for name, row := range map[string]struct {
		expect  jwt.Expect
		changes m
		want    reason.Reason
	}{
		"good":                            {plain, nil, reason.None},
		"iss, one of several":             {many, nil, reason.None},
		"iss, another":                    {plain, m{"iss": "https://evil.example"}, reason.TokenInvalidIssuer},
		"iss, with a slash":               {plain, m{"iss": "https://issuer.example/"}, reason.TokenInvalidIssuer},
		"iss, in capitals":                {plain, m{"iss": "HTTPS://issuer.example"}, reason.TokenInvalidIssuer},
		"iss, missing":                    {plain, m{"iss": nil}, reason.TokenInvalidIssuer},
		"iss, empty":                      {plain, m{"iss": ""}, reason.TokenInvalidIssuer},
		"iss, empty and configured so":    {jwt.Expect{Issuers: []string{""}}, m{"iss": ""}, reason.TokenInvalidIssuer},
		"iss, a list":                     {plain, m{"iss": []string{"https://issuer.example"}}, reason.TokenInvalidIssuer},
		"iss, nothing configured":         {jwt.Expect{}, nil, reason.TokenInvalidIssuer},
		"sub, missing":                    {plain, m{"sub": nil}, reason.TokenVerificationFailed},
		"sub, empty":                      {plain, m{"sub": ""}, reason.TokenVerificationFailed},
		"sub, a number":                   {plain, m{"sub": 1}, reason.TokenVerificationFailed},
		"aud, not configured":             {plain, m{"aud": "other"}, reason.None},
		"aud, not configured, a list":     {plain, m{"aud": []string{}}, reason.None},
		"aud, not configured, a number":   {plain, m{"aud": 5}, reason.TokenVerificationFailed},
		"aud, not configured, mixed":      {plain, m{"aud": []any{"api", 5}}, reason.TokenVerificationFailed},
		"aud":                             {audience, m{"aud": "api"}, reason.None},
		"aud, a list":                     {audience, m{"aud": []string{"x", "web"}}, reason.None},
		"aud, another":                    {audience, m{"aud": "apis"}, reason.TokenVerificationFailed},
		"aud, missing":                    {audience, nil, reason.TokenVerificationFailed},
		"aud, empty list":                 {audience, m{"aud": []string{}}, reason.TokenVerificationFailed},
		"aud, a list with a number":       {audience, m{"aud": []any{"api", 5}}, reason.TokenVerificationFailed},
		"aud, in capitals":                {audience, m{"aud": "API"}, reason.TokenVerificationFailed},
		"azp, not configured":             {plain, m{"azp": "x"}, reason.None},
		"azp, not configured, a number":   {plain, m{"azp": 5}, reason.TokenInvalidAuthorizedParties},
		"azp, not configured, empty":      {plain, m{"azp": ""}, reason.None},
		"azp":                             {party, m{"azp": "https://app.example"}, reason.None},
		"azp, another":                    {party, m{"azp": "https://app.example.evil.example"}, reason.TokenInvalidAuthorizedParties},
		"azp, missing":                    {party, nil, reason.TokenInvalidAuthorizedParties},
		"azp, a list":                     {party, m{"azp": []string{"https://app.example"}}, reason.TokenInvalidAuthorizedParties},
		"exp, 4 s ago":                    {plain, m{"exp": at - 4}, reason.None},
		"exp, 4.999 s ago":                {plain, m{"exp": at - 4.999}, reason.None},
		"exp, 5 s ago":                    {plain, m{"exp": at - 5}, reason.TokenExpired},
		"exp, 5.001 s ago":                {plain, m{"exp": at - 5.001}, reason.TokenExpired},
		"exp, now, no skew":               {strict, m{"exp": at}, reason.TokenExpired},
		"exp, in 1 s, no skew":            {strict, m{"exp": at + 1}, reason.None},
		"exp, in 0.000001 s, no skew":     {strict, m{"exp": at + 0.000001}, reason.None},
		"exp, 0":                          {plain, m{"exp": 0}, reason.TokenExpired},
		"exp, negative":                   {plain, m{"exp": -1}, reason.TokenVerificationFailed},
		"exp, far away":                   {plain, m{"exp": 253402300799}, reason.None},
		"exp, in milliseconds":            {plain, m{"exp": 1_800_000_060_000}, reason.TokenVerificationFailed},
		"exp, missing":                    {plain, m{"exp": nil}, reason.TokenVerificationFailed},
		"exp, missing, not required":      {lax, m{"exp": nil}, reason.None},
		"exp, a string":                   {plain, m{"exp": "1800000060"}, reason.TokenVerificationFailed},
		"exp, a string, not required":     {lax, m{"exp": "1800000060"}, reason.TokenVerificationFailed},
		"exp, null, not required":         {lax, m{"exp": json.RawMessage("null")}, reason.TokenVerificationFailed},
		"exp, past, not required":         {lax, m{"exp": at - 5}, reason.TokenExpired},
		"nbf, 5 s ahead":                  {plain, m{"nbf": at + 5}, reason.None},
		"nbf, 5.001 s ahead":              {plain, m{"nbf": at + 5.001}, reason.TokenNotActiveYet},
		"nbf, 6 s ahead":                  {plain, m{"nbf": at + 6}, reason.TokenNotActiveYet},
		"nbf, now, no skew":               {strict, m{"nbf": at}, reason.None},
		"nbf, 1 s ahead, no skew":         {strict, m{"nbf": at + 1}, reason.TokenNotActiveYet},
		"nbf, a string":                   {plain, m{"nbf": "1"}, reason.TokenNotActiveYet},
		"nbf, negative":                   {plain, m{"nbf": -1}, reason.TokenNotActiveYet},
		"iat, 5 s ahead":                  {plain, m{"iat": at + 5}, reason.None},
		"iat, 6 s ahead":                  {plain, m{"iat": at + 6}, reason.TokenIATInTheFuture},
		"iat, a string":                   {plain, m{"iat": "1"}, reason.TokenIATInTheFuture},
		"iat, missing":                    {plain, m{"iat": nil}, reason.None},
		"age, 65 s":                       {aged, m{"iat": at - 65}, reason.None},
		"age, 65.001 s":                   {aged, m{"iat": at - 65.001}, reason.TokenTooOld},
		"age, 66 s":                       {aged, m{"iat": at - 66}, reason.TokenTooOld},
		"age, unknown":                    {aged, m{"iat": nil}, reason.TokenTooOld},
		"age, iat a string":               {aged, m{"iat": "1800000000"}, reason.TokenIATInTheFuture},
		"first of all: iss before sub":    {audience, m{"iss": "x", "sub": nil}, reason.TokenInvalidIssuer},
		"sub before aud":                  {audience, m{"sub": nil, "aud": "x"}, reason.TokenVerificationFailed},
		"aud before azp":                  {audience, m{"aud": 5, "azp": 5}, reason.TokenVerificationFailed},
		"azp before exp":                  {party, m{"azp": "x", "exp": 1}, reason.TokenInvalidAuthorizedParties},
		"exp before nbf":                  {plain, m{"exp": 1, "nbf": at + 60}, reason.TokenExpired},
		"nbf before iat":                  {plain, m{"nbf": at + 60, "iat": at + 60}, reason.TokenNotActiveYet},
		"names in other cases do nothing": {plain, m{"EXP": 1, "Nbf": at + 60, "AUD": 5}, reason.None},
	} {
		t.Run(name, func(t *testing.T) {
			payload, err := json.Marshal(claims(row.changes))
			if err != nil {
				t.Fatal(err)
			}
			p := mustParse(t, assemble(goodHeader, string(payload)))
			if got := row.expect.Claims(p, now); got != row.want {
				t.Errorf("got %q, want %q", got.String(), row.want.String())
			}
		})
	}
}

// TestClaimsBetweenSeconds: the time of day is not cut to seconds either.
func TestClaimsBetweenSeconds(t *testing.T) {
	e := expect()
	for name, row := range map[string]struct {
		after time.Duration // the boundary of exp
		want  reason.Reason
	}{
		"1 ns before": {-1, reason.None},
		"at":          {0, reason.TokenExpired},
		"1 ns after":  {1, reason.TokenExpired},
	} {
		c := jwt.Claims{Issuer: "https://issuer.example", Subject: "s", Expiry: jwt.Date{Present: true, Valid: true, Seconds: 1_800_000_000}}
		if got := e.Time(&c, now.Add(e.ClockSkew).Add(row.after)); got != row.want {
			t.Errorf("%s: %q", name, got.String())
		}
	}
}
