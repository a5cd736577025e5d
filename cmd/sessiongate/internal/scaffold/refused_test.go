package scaffold

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestRefused(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1") // nothing is fetched here
	rows := map[string]struct{ args, want string }{
		"no vendor":               {"frobnicate", "unknown command"},
		"no target":               {clerk, `required flag(s) "target"`},
		"no such target":          {clerk + " --target k8s", `"k8s" is not known; write one of envoy, compose, istio-ingress`},
		"no origin":               {"corbado --project-id pro-1 --target envoy", `required flag(s) "origin"`},
		"no key":                  {"clerk --origin https://a.example --target envoy", `required flag(s) "publishable-key"`},
		"a key that is none":      {"clerk --publishable-key sk_live_x --origin https://a.example --target envoy", "providers[0].publishableKey: "},
		"a project that is none":  {"corbado --project-id x --origin https://a.example --target envoy", "not the id of a Corbado project"},
		"an origin with a path":   {"clerk --publishable-key pk_live_Y2xlcmsuZXhhbXBsZS5jb20k --origin https://a.example/x --target envoy", "is not an origin; write scheme and host"},
		"a sidecar without label": {clerk + " --target istio-sidecar", "--label: missing"},
		"a label that is none":    {clerk + " --target istio-sidecar --label orders", "--label: write name=value"},
		"a backend without port":  {clerk + " --target envoy --backend a", "--backend: write host:port"},
		"a port that is none":     {clerk + " --target envoy --backend a:x", "--backend: the port"},
		"a name with a folder":    {clerk + " --target envoy --name ../x", "--name: "},
		"keys without TLS":        {"oneauxilia --issuer https://a.example --jwks-uri http://a.example/k --origin https://a.example --target envoy", "jwksUri"},
		"a line end":              {clerk + " --target envoy --image a\nb", "--image: has a control character"},
		"no network":              {"oidc --issuer https://login.example.com --audience a --origin https://a.example --target envoy", "look up jwks_uri in https://login.example.com/.well-known/openid-configuration, and write --jwks-uri URL"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			cmd := Command()
			cmd.SilenceErrors, cmd.SilenceUsage = true, true
			cmd.SetArgs(strings.Split(row.args, " "))
			cmd.SetOut(&strings.Builder{})
			t.Chdir(t.TempDir())
			if err := cmd.Execute(); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("%v, want %q", err, row.want)
			}
			if files := written(t, "."); len(files) != 0 {
				t.Errorf("files are written: %d", len(files))
			}
		})
	}
}

func TestDiscover(t *testing.T) {
	var document string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/realm"+wellKnown || document == "" {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = w.Write([]byte(document))
	}))
	defer server.Close()
	issuer := server.URL + "/realm"
	rows := map[string]struct{ document, want, wrong string }{
		"a document":        {`{"issuer": "` + issuer + `", "jwks_uri": "https://k.example/"}`, "https://k.example/", ""},
		"none":              {"", "", "404"},
		"not JSON":          {"<html>", "", "not JSON"},
		"of another issuer": {`{"issuer": "https://x", "jwks_uri": "https://k.example/"}`, "", `that of the issuer "https://x"`},
		"without a key set": {`{"issuer": "` + issuer + `"}`, "", "no jwks_uri"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			document = row.document
			got, err := discover(t.Context(), issuer)
			if got != row.want || (err == nil) != (row.wrong == "") || err != nil && !strings.Contains(err.Error(), row.wrong) {
				t.Errorf("%q %v", got, err)
			}
		})
	}
}
