package monitoring

import (
	"bytes"
	"cmp"
	"context"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

const (
	// shown is the time that the picture shows, and interval that between two
	// scrapes, which page/prometheus.ts names too.
	shown    = 15 * time.Minute
	interval = 5 * time.Second
	// maxPicture is the most bytes that the picture may have.
	maxPicture = 400 << 10
)

// TestPicture takes the picture of the dashboard in docs, into the file that
// PICTURE names. Grafana's libraries draw it in Chromium, from what a real Envoy
// counted in a quarter of an hour.
func TestPicture(t *testing.T) {
	target := os.Getenv("PICTURE")
	if target == "" {
		t.Skip("PICTURE does not name a file: make picture")
	}
	page := buildPage(t)
	process, traffic := startTraffic(t)
	prometheus := newPrometheus(t)
	ctx, stop := context.WithTimeout(t.Context(), shown+30*time.Second)
	defer stop()
	go traffic.run(ctx, shown)
	for ctx.Err() == nil {
		text, err := process.Get(t.Context(), "/stats/prometheus")
		if err != nil {
			t.Fatal(err)
		}
		prometheus.take(t, text, time.Now())
		time.Sleep(interval)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /api/v1/{query}", prometheus)
	mux.Handle("GET /api/v1/label/{name}/values", prometheus)
	mux.Handle("/", http.FileServer(http.Dir(page)))
	server := httptest.NewServer(mux)
	defer server.Close()
	photograph(t, server.URL+"/?from=now-15m", target)
}

// photograph has Chromium open a page and write what it shows to a file.
func photograph(t *testing.T, url, target string) {
	t.Helper()
	taken := filepath.Join(t.TempDir(), "taken.png")
	cmd := exec.CommandContext(t.Context(), cmp.Or(os.Getenv("CHROMIUM"), "/usr/lib/chromium/chromium-headless-shell"),
		"--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en-US", "--window-size=1400,1924",
		"--virtual-time-budget=15000", "--screenshot="+taken, url)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v; CHROMIUM names another Chromium\n%s", err, out)
	}
	text, err := os.ReadFile(taken)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var small bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&small, picture); err != nil {
		t.Fatal(err)
	}
	if small.Len() > maxPicture {
		t.Fatalf("the picture has %d bytes, at most %d", small.Len(), maxPicture)
	}
	if err := os.WriteFile(target, small.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
