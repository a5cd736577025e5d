package jwt_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwt"
)

func TestTokenIsHidden(t *testing.T) {
	text := jwttest.Sign(jwttest.NewKey(jwa.EdDSA, "hidden"), nil, claims(nil))
	token := jwt.Token(text)
	parsed := mustParse(t, text)
	type holder struct {
		Name  string
		Token jwt.Token
	}
	for _, verb := range strings.Split("v +v #v s q x X # x d 5d b o c U e f g t", " ") {
		for name, value := range map[string]any{
			"token":          token,
			"pointer":        &token,
			"struct":         holder{"n", token},
			"struct pointer": &holder{"n", token},
			"slice":          []jwt.Token{token},
			"map":            map[jwt.Token]jwt.Token{token: token},
			"any":            []any{token},
			"parsed":         parsed,
			"parsed value":   *parsed,
		} {
			checkHidden(t, "%"+verb+" of a "+name, text, fmt.Sprintf("%"+verb, value))
		}
	}
	checkHidden(t, "Sprint", text, fmt.Sprint(token, parsed))
	checkHidden(t, "an argument too many", text, fmt.Sprintf(strings.Repeat("no verb ", 2), token))
	checkHidden(t, "an error", text, fmt.Errorf("token %v", token).Error())
	checkHidden(t, "concatenation", text, "token "+token.String()+token.GoString())
	marshalled, err := json.Marshal(holder{"n", token})
	if err != nil {
		t.Fatal(err)
	}
	checkHidden(t, "JSON", text, string(marshalled))
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("request", "token", token, "holder", holder{"n", token})
	checkHidden(t, "slog", text, log.String())
	if got := fmt.Sprintf("%s", token); got != "[token]" {
		t.Errorf("prints as %q", got)
	}
}

// checkHidden looks for each part of the token, as text and in hex.
func checkHidden(t *testing.T, how, token, printed string) {
	t.Helper()
	printed = strings.ToLower(printed)
	for _, part := range strings.Split(token, ".") {
		part = strings.ToLower(part[:12])
		if strings.Contains(printed, part) || strings.Contains(printed, fmt.Sprintf("%x", part)) || strings.Contains(printed, fmt.Sprintf("% x", part)) {
			t.Errorf("%s shows a part of the token", how)
		}
	}
	if strings.Contains(printed, "user_1") {
		t.Errorf("%s shows a part of the payload", how)
	}
}
