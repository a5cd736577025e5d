package e2e

import (
	"errors"
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

// startPeers starts what each file of a page needs: a backend and the key server.
func startPeers(t *testing.T) map[string]string {
	t.Helper()
	backend, stop, err := echo.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	keys, stop, err := keyServer().Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return map[string]string{"backend": backend, "issuer": keys}
}

// startEnvoy runs one of the page's files. What changes is where the backend and
// the key server are, without TLS, and where the files are.
func (m migration) startEnvoy(t *testing.T, name string, clusters map[string]string) *envoy.Process {
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
	errs := []error{b.SetAdmin("127.0.0.1:0"), b.SetListener("ingress", "127.0.0.1:0")}
	for cluster, addr := range clusters {
		errs = append(errs, b.SetCluster(cluster, addr))
	}
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
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
	waitForFetchedKeys(t, e, addrs["ingress"])
	for name, row := range rows {
		if got := ask(row.request); got != want(row) {
			t.Errorf("%s: status %d, want %d", name, got, want(row))
		}
	}
}

// warm is the path of requests that only wait for keys.
const warm = "/warm"

// waitForFetchedKeys waits until the worker has the filter's keys, if there is a
// filter: a trial waits for none. It leaves the counters at zero.
func waitForFetchedKeys(t *testing.T, e *envoy.Process, addr string) {
	t.Helper()
	stats, err := e.Stats(t.Context(), "sessiongate")
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); len(stats) > 0; time.Sleep(20 * time.Millisecond) {
		got, err := send(addr, parseRequest((&Mint{Now: time.Now()}).fill("GET "+warm+"\nAuthorization: Bearer {plain aud=my-app email=ada@example.com groups:=[\"staff\"]}"), ""))
		if err != nil {
			t.Fatal(err)
		}
		if first(throughEnvoy(got).Upstream, "x-identity-status") == "signed-in" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("no keys\n%s", e.Log())
		}
	}
	response, err := http.Post("http://"+e.Admin+"/reset_counters", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
}

// compare runs the page's comparison over the access log of a trial. It must
// list the requests that are refused by one of the two alone, and no others, and
// the counters must say the same.
func (m migration) compare(t *testing.T, e *envoy.Process, rows map[string]peerRow) {
	t.Helper()
	var want []string
	counted := map[string]int{}
	for _, row := range rows {
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
		if columns[len(columns)-1] == warm {
			continue
		}
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
		`(?m)^envoy_http_(?:jwt_authn|rbac|ext_authz)_denied\{.* (\d+)$`: theirs,
		`(?m)^sessiongate_decisions_.*_enforced_false\{.* (\d+)$`:        ours,
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
