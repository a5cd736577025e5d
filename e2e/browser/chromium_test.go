package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// chromiumPaths are where a browser may be. Debian's command is a shell script
// that stays the parent of the browser and leaves it running when it is killed,
// so the browser itself comes first.
var chromiumPaths = []string{
	"/usr/lib/chromium/chromium-headless-shell", "/usr/lib/chromium/chromium",
	"chrome-headless-shell", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser",
}

var errNoChromium = errors.New("there is no Chromium: apt-get install --no-install-recommends chromium-headless-shell, " +
	"or set CHROMIUM to the path of a Chrome")

// findChromium is $CHROMIUM, or the first of chromiumPaths that there is.
func findChromium() (string, error) {
	if path := os.Getenv("CHROMIUM"); path != "" {
		found, err := exec.LookPath(path)
		if err != nil {
			return "", fmt.Errorf("CHROMIUM is set to %q: %w", path, err)
		}
		return found, nil
	}
	for _, path := range chromiumPaths {
		if found, err := exec.LookPath(path); err == nil {
			return found, nil
		}
	}
	return "", errNoChromium
}

// chromium is a running browser. Names map host names to addresses, and pin is
// the hash of a certificate's key that it is to take.
type chromium struct {
	ctx context.Context
}

func startChromium(t *testing.T, names map[string]string, pin string) chromium {
	t.Helper()
	var rules []string
	for name, addr := range names {
		rules = append(rules, "MAP "+name+" "+addr)
	}
	// Any other name is not found: the tests ask nobody else.
	rules = append(rules, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1", "EXCLUDE localhost")
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromiumPath), chromedp.NoSandbox, chromedp.WindowSize(1360, 1000),
		chromedp.Flag("host-resolver-rules", strings.Join(rules, ",")),
		chromedp.Flag("lang", "en-US"), chromedp.Flag("disable-dev-shm-usage", true))
	if pin != "" {
		options = append(options, chromedp.Flag("ignore-certificate-errors-spki-list", pin))
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, done := chromedp.NewContext(ctx)
	t.Cleanup(done)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("%s does not start: %v", chromiumPath, err)
	}
	return chromium{ctx: ctx}
}

// visitor is somebody with cookies of their own.
func (c chromium) visitor(t *testing.T) *tab {
	t.Helper()
	return newTab(t, c.ctx, chromedp.WithNewBrowserContext())
}
