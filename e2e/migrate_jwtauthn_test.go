package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// peerRow is a request, and what becomes of it at another filter and at this one.
type peerRow struct {
	request      string
	theirs, ours int
	removed      bool // this filter takes the token away that the other one refuses
}

// jwtAuthnRows are requests to the files of docs/migrate-from-jwt-authn.md. The
// table of that page has those that are answered in two ways, under these names.
var jwtAuthnRows = map[string]peerRow{
	"a good token":                         {"GET /\nAuthorization: Bearer {plain aud=my-app}", 200, 200, false},
	"a good token as a parameter":          {"GET /?access_token={plain aud=my-app}", 200, 200, false},
	"one of several audiences":             {`GET /` + "\n" + `Authorization: Bearer {plain aud:=["other","my-app"]}`, 200, 200, false},
	"no token":                             {"GET /", 401, 401, false},
	"a text that is not a token":           {"GET /\nAuthorization: Bearer abc", 401, 401, false},
	"an expired token":                     {"GET /\nAuthorization: Bearer {plain aud=my-app exp=-10m}", 401, 401, false},
	"another issuer":                       {"GET /\nAuthorization: Bearer {plain aud=my-app iss=https://other.example}", 401, 401, false},
	"another signature":                    {"GET /\nAuthorization: Bearer {plain aud=my-app tamper=signature}", 401, 401, false},
	"an unknown key":                       {"GET /\nAuthorization: Bearer {plain aud=my-app key=stray header.kid=stray}", 401, 401, false},
	"a token that is not valid yet":        {"GET /\nAuthorization: Bearer {plain aud=my-app nbf=10m}", 401, 401, false},
	"a path without a rule for it, open":   {"GET /healthz", 200, 200, false},
	"that path with a bad token":           {"GET /healthz\nAuthorization: Bearer abc", 200, 200, false},
	"that path with a query":               {"GET /healthz?a=b", 200, 200, false},
	"what begins like that path":           {"GET /healthzz", 401, 401, false},
	"an optional path, no token":           {"GET /shop/1", 200, 200, false},
	"an optional path, a good token":       {"GET /shop\nAuthorization: Bearer {plain aud=my-app}", 200, 200, false},
	"what begins like an optional path":    {"GET /shopping", 401, 401, false},
	"/admin without a token":               {"GET /admin", 401, 401, false},
	"/admin without the role":              {"GET /admin\nAuthorization: Bearer {plain aud=my-app}", 403, 403, false},
	"/admin with another role":             {`GET /admin` + "\n" + `Authorization: Bearer {plain aud=my-app roles:=["user"]}`, 403, 403, false},
	"/admin with the role":                 {`GET /admin` + "\n" + `Authorization: Bearer {plain aud=my-app roles:=["user","admin"]}`, 200, 200, false},
	"below /admin without the role":        {"GET /admin/x\nAuthorization: Bearer {plain aud=my-app}", 403, 403, false},
	"/admin by way of an open path":        {"GET /healthz/../admin\nAuthorization: Bearer {plain aud=my-app}", 403, 403, false},
	"a preflight":                          {"OPTIONS /\nOrigin: https://app.example.com\nAccess-Control-Request-Method: GET", 401, 401, false},
	"another audience":                     {"GET /\nAuthorization: Bearer {plain aud=other}", 403, 401, false},
	"a token that ended 30 s ago":          {"GET /\nAuthorization: Bearer {plain aud=my-app exp=-30s}", 200, 401, false},
	"a token that begins in 30 s":          {"GET /\nAuthorization: Bearer {plain aud=my-app nbf=30s}", 200, 401, false},
	"a token without `exp`":                {"GET /\nAuthorization: Bearer {plain aud=my-app -exp}", 200, 401, false},
	"a token without `sub`":                {"GET /\nAuthorization: Bearer {plain aud=my-app -sub}", 200, 401, false},
	"an expired token on an optional path": {"GET /shop\nAuthorization: Bearer {plain aud=my-app exp=-10m}", 401, 200, true},
	"`bearer` in lower case":               {"GET /\nAuthorization: bearer {plain aud=my-app}", 401, 200, false},
	"a good header, a bad parameter":       {"GET /?access_token=abc\nAuthorization: Bearer {plain aud=my-app}", 401, 200, true},
	"`/ADMIN` without the role":            {"GET /ADMIN\nAuthorization: Bearer {plain aud=my-app}", 200, 403, false},
	"`/x/..%2fadmin` without the role":     {"GET /x/..%2fadmin\nAuthorization: Bearer {plain aud=my-app}", 200, 403, false},
	"`roles` as one text":                  {"GET /admin\nAuthorization: Bearer {plain aud=my-app roles=admin}", 403, 200, false},
}

// TestMigrateFromJwtAuthn follows the page, runs each of its files in Envoy, and
// sends the same requests to all of them.
func TestMigrateFromJwtAuthn(t *testing.T) {
	m := runMigration(t, "migrate-from-jwt-authn.md")
	addr, stop, err := echo.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	keys, stop, err := keyServer().Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)

	wants := map[string]func(peerRow) int{
		"envoy.yaml": func(r peerRow) int { return r.theirs },
		"trial.yaml": func(r peerRow) int { return r.theirs },
		"both.yaml": func(r peerRow) int {
			if r.ours != http.StatusOK || r.removed {
				return r.ours
			}
			return r.theirs
		},
		"after.yaml": func(r peerRow) int { return r.ours },
	}
	for name, want := range wants {
		t.Run(name, func(t *testing.T) {
			e := m.startEnvoy(t, name, addr, keys)
			sendPeerRows(t, e, jwtAuthnRows, want)
			if name == "trial.yaml" {
				m.compare(t, e)
			}
		})
	}
	checkDifferences(t, "migrate-from-jwt-authn.md", jwtAuthnRows)
}

// startEnvoy runs one of the page's files. What changes is where the backend and
// the key server are, without TLS, and where the files are.
func (m migration) startEnvoy(t *testing.T, name, backend, keys string) *envoy.Process {
	t.Helper()
	text, _, _ := strings.Cut(m.read(t, name), "    transport_socket:\n")
	for from, to := range map[string]string{
		"filename: sessiongate.wasm": "filename: " + filepath.Join(m.folder, "sessiongate.wasm"),
		"path: access.log":           "path: " + filepath.Join(m.folder, name+".log"),
	} {
		text = strings.ReplaceAll(text, from, to)
	}
	b, err := envoy.ParseBootstrap([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{b.SetAdmin("127.0.0.1:0"), b.SetListener("ingress", "127.0.0.1:0"), b.SetCluster("backend", backend), b.SetCluster("issuer", keys)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	bootstrap, err := b.YAML()
	if err != nil {
		t.Fatal(err)
	}
	e, err := envoy.Start(t.Context(), envoy.Options{Path: findEnvoy(t), Bootstrap: bootstrap, Components: "wasm:info"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Stop)
	return e
}

// sendPeerRows sends every request once the keys are there, and compares the
// statuses.
func sendPeerRows(t *testing.T, e *envoy.Process, rows map[string]peerRow, want func(peerRow) int) {
	t.Helper()
	addrs, err := e.Listeners(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ask := func(request string) int {
		got, err := send(addrs["ingress"], parseRequest((&Mint{Now: time.Now()}).fill(request), ""))
		if err != nil {
			t.Fatal(err)
		}
		return got.Status
	}
	time.Sleep(300 * time.Millisecond) // a trial waits for no key
	for name, row := range rows {
		if got := ask(row.request); got != want(row) {
			t.Errorf("%s: status %d, want %d", name, got, want(row))
		}
	}
}

// compare runs the page's comparison over the access log of a trial. It must
// list the requests that are refused by one of the two alone, and no others, and
// the counters must say the same.
func (m migration) compare(t *testing.T, e *envoy.Process) {
	t.Helper()
	var want []string
	counted := map[string]int{}
	for _, row := range jwtAuthnRows {
		if row.theirs != http.StatusOK {
			counted["theirs"]++
		}
		if row.ours != http.StatusOK {
			counted["ours"]++
		}
		if (row.theirs == http.StatusOK) != (row.ours == http.StatusOK) {
			s := parseRequest((&Mint{Now: time.Now()}).fill(row.request), "")
			path, _, _ := strings.Cut(s.Target, "?")
			want = append(want, fmt.Sprintf("%d %s", row.theirs, path))
		}
	}
	m.compareCounters(t, e, counted["theirs"], counted["ours"])
	e.Stop() // so that the log is written
	var got []string
	command := strings.ReplaceAll(m.later[0], "access.log", "trial.yaml.log")
	for line := range strings.Lines(m.run(t, command, false)) {
		columns := strings.Split(strings.TrimSpace(line), "\t")
		count, status, _ := strings.Cut(columns[0], " ")
		n, _ := strconv.Atoi(count)
		for range n {
			got = append(got, status+" "+columns[len(columns)-1])
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		t.Errorf("listed %q, want %q", got, want)
	}
}

// compareCounters checks the counters that the page compares.
func (m migration) compareCounters(t *testing.T, e *envoy.Process, theirs, ours int) {
	t.Helper()
	text, err := e.Get(t.Context(), "/stats/prometheus")
	if err != nil {
		t.Fatal(err)
	}
	// Without labels the name of a counter of decisions holds all of them.
	for pattern, want := range map[string]int{
		`(?m)^envoy_http_(?:jwt_authn|rbac)_denied\{.* (\d+)$`:    theirs,
		`(?m)^sessiongate_decisions_.*_enforced_false\{.* (\d+)$`: ours,
	} {
		sum := 0
		for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
			n, _ := strconv.Atoi(match[1])
			sum += n
		}
		if sum != want {
			t.Errorf("%s: counted %d, want %d\n%s", pattern, sum, want, regexp.MustCompile(`(?m)^.*(?:denied|decisions).*$`).FindAllString(text, -1))
		}
	}
}

var differenceRow = regexp.MustCompile(`(?m)^\| (.+?) \| (\d+) \| (\d+) \| .+ \|$`)

// checkDifferences compares a page's table of differences with the rows.
func checkDifferences(t *testing.T, page string, rows map[string]peerRow) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", page))
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, m := range differenceRow.FindAllStringSubmatch(string(text), -1) {
		row, is := rows[m[1]]
		if listed[m[1]] = true; !is || m[2] != strconv.Itoa(row.theirs) || m[3] != strconv.Itoa(row.ours) {
			t.Errorf("%s says %s; the row is %v", page, m[0], row)
		}
	}
	for name, row := range rows {
		if row.theirs != row.ours && !listed[name] {
			t.Errorf("%s does not have %q: %d there, %d here", page, name, row.theirs, row.ours)
		}
	}
}
