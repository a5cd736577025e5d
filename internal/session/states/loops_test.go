package states

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// walk is a browser that follows redirects between the application and a
// Frontend API that does as it likes. Its clock stands still, so the counting
// cookie never goes.
type walk struct {
	jar    map[string]string
	target string
}

func (w *walk) header() string {
	var pairs []string
	for name, value := range w.jar {
		pairs = append(pairs, name+"="+value)
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "; ")
}

func (w *walk) take(lines []string) {
	for _, line := range lines {
		pair, attributes, _ := strings.Cut(line, ";")
		name, value, _ := strings.Cut(pair, "=")
		if value == "" || strings.Contains(attributes, "Max-Age=0") {
			delete(w.jar, name)
			continue
		}
		w.jar[name] = value
	}
}

// answers are what a Frontend API may come back with: the lines of a handshake
// token, in the query or as a cookie.
var answers = []struct {
	lines     []string
	handshake string
}{
	{lines: []string{"__session={clerk}", "__client_uat={now-60s}"}},
	{lines: []string{"__session={clerk}", "__client_uat={now}"}}, // never good enough
	{lines: []string{"__session={clerk}"}},                       // no client_uat
	{lines: []string{"__session={clerk exp=-9s}", "__client_uat={now-60s}"}},
	{lines: []string{"__session={clerk sts=pending}", "__client_uat={now-60s}"}},
	{lines: []string{"__session=; Max-Age=0", "__client_uat=0"}},
	{lines: []string{"__session=; Max-Age=0", "__client_uat=5"}},
	{lines: []string{"__client_uat=5"}},
	{lines: []string{"__clerk_x=1"}},
	{lines: []string{"__session={clerk}", "__client_uat={now-60s}"}, handshake: "exp=-9s"},
	{lines: []string{"__session={clerk}", "__client_uat={now-60s}"}, handshake: "tamper=signature"},
	{},
}

// TestRedirectsEnd: whatever a Frontend API answers, and whatever the browser
// holds when it sets out, it is sent there three times at most, and each time
// back at most once more.
func TestRedirectsEnd(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	cookies := []string{"{clerk}", "{clerk exp=-9s}", "{clerk tamper=signature}", "x", ""}
	uats := []string{"{now-60s}", "{now}", "0", ""}
	for i := range 600 {
		w := &walk{jar: map[string]string{}, target: "/a?x=1"}
		for name, values := range map[string][]string{
			"__session": cookies, "__session_naoXFJnI": cookies, "__client_uat": uats, "__client_uat_naoXFJnI": uats,
		} {
			if value := fill(values[random.IntN(len(values))]); value != "" {
				w.jar[name] = value
			}
		}
		config := []string{"production", "twins", "satellite that asks"}[i%3]
		start, trail := w.header(), []string{}
		away, back := 0, 0
		for {
			read := request.Read([][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "app.example.com"}, {":path", w.target},
				{"sec-fetch-dest", "document"}, {"cookie", w.header()}})
			r := row{}
			state := groupOf(policies(t)[config], nil).State(read, r.checker(policies(t)[config]))
			checkSafe(t, policies(t)[config], read, &state)
			w.take(state.Exchanged().SetCookies)
			trail = append(trail, fmt.Sprint(kindName(state.Kind), " ", state.Reason, " ", state.Exchanged().Returned))
			if state.Kind != session.Handshake {
				break
			}
			if u, err := url.Parse(state.Exchanged().Location); err != nil {
				t.Fatal(err)
			} else if u.Host == "app.example.com" {
				back++
				w.target = u.RequestURI()
			} else {
				away++
				w.answer(u.Query().Get("redirect_url"), random)
			}
			if away > 3 || back > 3 {
				t.Fatalf("%s: %d times away, %d times back\n%s\n%s", config, away, back, start, strings.Join(trail, "\n"))
			}
		}
	}
}

// answer is the Frontend API's: a token in the query, in a cookie, or none.
func (w *walk) answer(redirectURL string, random *rand.Rand) {
	u, err := url.Parse(redirectURL)
	if err != nil {
		panic(err)
	}
	answer := answers[random.IntN(len(answers))]
	r := &row{lines: answer.lines, handshake: answer.handshake}
	query := u.Query()
	switch token := r.handshakeToken(); random.IntN(3) {
	case 0:
		query.Set("__clerk_handshake", token)
	case 1:
		w.jar["__clerk_handshake"] = token
	}
	u.RawQuery = query.Encode()
	w.target = u.RequestURI()
}
