package istio

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

// migratedRow is a request, and what Istio's own filters and this one answer.
type migratedRow struct {
	path         string
	claims       map[string]any
	theirs, ours int
}

// noToken marks a row without a token.
var noToken = map[string]any{}

// migratedRows are requests to the resources of
// docs/migrate-from-requestauthentication.md. The page's table has those that
// are answered in two ways, under these names. Tokens are for audience my-app
// unless they say otherwise.
var migratedRows = map[string]migratedRow{
	"a good token":                         {"/", nil, 200, 200},
	"no token":                             {"/", noToken, 403, 401},
	"an expired token":                     {"/", map[string]any{"exp": 1}, 401, 401},
	"another issuer":                       {"/", map[string]any{"iss": "https://other.example"}, 401, 401},
	"an open path, no token":               {"/healthz", noToken, 200, 200},
	"an open path, a good token":           {"/shop/1", nil, 200, 200},
	"a path that begins like an open path": {"/shopping", noToken, 403, 401},
	"/admin without a token":               {"/admin", noToken, 403, 401},
	"/admin without the role":              {"/admin", nil, 403, 403},
	"/admin with the role":                 {"/admin/x", map[string]any{"roles": []string{"user", "admin"}}, 200, 200},
	"/metrics from outside":                {"/metrics", nil, 403, 403},
	"another audience":                     {"/", map[string]any{"aud": "other"}, 403, 401},
	"a token that ended 30 s ago":          {"/", map[string]any{"exp": "-30s"}, 200, 401},
	"a token without `exp`":                {"/", map[string]any{"exp": nil}, 200, 401},
	"an expired token on an optional path": {"/shop", map[string]any{"exp": 1}, 401, 200},
	"`/ADMIN` without the role":            {"/ADMIN", nil, 200, 403},
}

// headers are those of a row.
func (r migratedRow) headers(issuer *idp.Issuer) map[string]string {
	if r.claims != nil && len(r.claims) == 0 {
		return nil
	}
	session := issuer.Session(time.Now())
	session.Claims["aud"] = "my-app"
	for name, value := range r.claims {
		switch text, _ := value.(string); {
		case value == nil:
			delete(session.Claims, name)
		case text == "-30s":
			session.Claims[name] = time.Now().Add(-30 * time.Second).Unix()
		default:
			session.Claims[name] = value
		}
	}
	return map[string]string{"Authorization": "Bearer " + session.Token()}
}

// TestMigrate follows docs/migrate-from-requestauthentication.md: the same
// requests go to a gateway with the old resources, with both, and with this
// filter alone.
func TestMigrate(t *testing.T) {
	folder, page := followMigration(t)
	issuer, err := idp.NewPlain("issuer.example.com")
	if err != nil {
		t.Fatal(err)
	}
	old := []string{"authentication.yaml", "authorization.yaml", "inside.yaml"}
	for name, variant := range map[string]struct {
		files []string
		want  func(migratedRow) int
	}{
		"before": {old, func(r migratedRow) int { return r.theirs }},
		"trial":  {append([]string{"trial.yaml"}, old...), func(r migratedRow) int { return r.theirs }},
		"both": {append([]string{"both.yaml"}, old...), func(r migratedRow) int {
			if r.ours != http.StatusOK {
				return r.ours
			}
			return http.StatusOK // the token that Istio would refuse has been taken away
		}},
		"after": {[]string{"after.yaml", "inside.yaml"}, func(r migratedRow) int { return r.ours }},
	} {
		t.Run(name, func(t *testing.T) {
			authority := testca.New(t)
			r := &resources{t: t}
			if name == "trial" {
				r.mesh = meshOf(t, page, filepath.Join(folder, "trial.log"))
			}
			for _, file := range variant.files {
				r.add(migratedFile(t, filepath.Join(folder, file), issuer))
			}
			if name != "before" {
				r.setKeyServer("127.0.0.1", startKeyServer(t, issuer, authority.Server(issuer.Host)))
				r.setImage(pushImage(t, module))
			}
			port := startIngress(t, r, bundle(t, authority))
			time.Sleep(2 * time.Second) // a trial waits for no key
			for name, row := range migratedRows {
				if got := get(t, port, appHost, row.path, row.headers(issuer)); got.status != variant.want(row) {
					t.Errorf("%s: status %d, want %d\n%s", name, got.status, variant.want(row), got.body)
				}
			}
		})
	}
	compareMigration(t, folder, page)
	checkMigrationTable(t, page)
}

// followMigration runs the page's commands, but for those of a cluster, in a
// folder with the page's files.
func followMigration(t *testing.T) (folder, page string) {
	t.Helper()
	root := filepath.Dir(filepath.Dir(deployDir))
	text, err := os.ReadFile(filepath.Join(root, "docs", "migrate-from-requestauthentication.md"))
	if err != nil {
		t.Fatal(err)
	}
	folder, page = t.TempDir(), string(text)
	build := exec.Command("go", "build", "-o", filepath.Join(folder, "bin", "sessiongate"), "./cmd/sessiongate")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, m := range regexp.MustCompile("(?s)\n\n`([a-z]+\\.[a-z]+)(?: [A-Z ]+)?` [^\n]*:\n\n```[a-z]+\n(.*?)```").FindAllStringSubmatch(page, -1) {
		if err := os.WriteFile(filepath.Join(folder, m[1]), []byte(m[2]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i, m := range regexp.MustCompile(`(?m)^    ((?:sessiongate|sed|cat|echo|sh) .*)$`).FindAllStringSubmatch(page, -1) {
		run := exec.Command("sh", "-c", m[1])
		run.Dir = folder
		run.Env = append(os.Environ(), "PATH="+filepath.Join(folder, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
		if out, err := run.CombinedOutput(); err != nil && i > 0 { // the first one finds something
			t.Fatalf("%s\n%v\n%s", m[1], err, out)
		}
	}
	return folder, page
}

// migratedFile is a file of the page. Istio's control plane would fetch the keys
// of a RequestAuthentication by itself, so they stand in it.
func migratedFile(t *testing.T, path string, issuer *idp.Issuer) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Base(path) == "authentication.yaml" {
		return strings.Replace(string(text), "jwksUri: https://issuer.example.com/.well-known/jwks.json", "jwks: '"+string(issuer.KeySet())+"'", 1)
	}
	return string(text)
}

// meshOf is the page's part of a MeshConfig, with the log in a file.
func meshOf(t *testing.T, page, path string) string {
	t.Helper()
	_, after, ok := strings.Cut(page, "```yaml\naccessLogFile: ")
	text, _, _ := strings.Cut(after, "```")
	if !ok {
		t.Fatal("the page has no accessLogFile")
	}
	return "accessLogFile: " + strings.Replace(text, "/dev/stdout", path, 1)
}

// compareMigration runs the page's comparison over the log of the trial: it
// lists the requests that are refused by one of the two alone.
func compareMigration(t *testing.T, folder, page string) {
	t.Helper()
	command := regexp.MustCompile(`(?m)^    (jq .*)$`).FindStringSubmatch(page)[1]
	run := exec.Command("sh", "-c", strings.ReplaceAll(command, "access.log", "trial.log"))
	run.Dir = folder
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got := map[string]int{}
	for line := range strings.Lines(string(out)) {
		columns := strings.Split(strings.TrimSpace(line), "\t")
		count, status, _ := strings.Cut(columns[0], " ")
		n, _ := strconv.Atoi(count)
		got[status+" "+columns[len(columns)-1]] += n
	}
	want := map[string]int{}
	for _, row := range migratedRows {
		if (row.theirs == http.StatusOK) != (row.ours == http.StatusOK) || row.path == "/metrics" {
			want[fmt.Sprintf("%d %s", row.theirs, row.path)]++
		}
	}
	g, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	if string(g) != string(w) {
		t.Errorf("listed %s, want %s", g, w)
	}
}

// checkMigrationTable compares the page's table of differences with the rows.
func checkMigrationTable(t *testing.T, page string) {
	t.Helper()
	listed := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\| (.+?) \| (\d+) \| (\d+) \| .+ \|$`).FindAllStringSubmatch(page, -1) {
		row, is := migratedRows[m[1]]
		if listed[m[1]] = true; !is || m[2] != strconv.Itoa(row.theirs) || m[3] != strconv.Itoa(row.ours) {
			t.Errorf("the page says %s; the row is %v", m[0], row)
		}
	}
	for name, row := range migratedRows {
		if row.theirs != row.ours && !listed[name] {
			t.Errorf("the page does not have %q: %d there, %d here", name, row.theirs, row.ours)
		}
	}
}
