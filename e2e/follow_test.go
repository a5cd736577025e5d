package e2e

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

// follower does what a page says, from top to bottom in an empty folder: it runs
// the commands, writes the snippets into the files, starts Envoy with them, and
// compares the answers of requests with those that the page promises.
type follower struct {
	*testing.T
	page   string
	folder string
	binary string // the command line
	file   string // what init wrote last, from the folder
	url    string // of the Envoy that runs
	envoy  *envoy.Process
	out    *envoy.Log // its access log

	backend, bundle string
	keys            map[string]string // addresses of key servers, by their host
	tokens          map[string]func() string
	done            map[string]int // steps by kind
}

// follow follows a page of docs. Requests take tokens from the environment.
func follow(t *testing.T, page string, issuers map[string]*idp.Issuer, tokens map[string]func() string) {
	t.Helper()
	findEnvoy(t)
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip(err)
	}
	f := &follower{T: t, page: page, folder: t.TempDir(), binary: commandLine(t), tokens: tokens,
		keys: map[string]string{}, done: map[string]int{}, out: &envoy.Log{}}
	authority := testca.New(t)
	f.bundle = filepath.Join(f.folder, "bundle.pem")
	writeFile(t, f.bundle, authority.PEM())
	for host, issuer := range issuers {
		f.keys[host] = serveTLS(t, idp.NewServer(issuer), authority.Server(host))
	}
	backend, stop, err := echo.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	f.backend = backend
	text, err := os.ReadFile(filepath.Join(root, "docs", page))
	if err != nil {
		t.Fatal(err)
	}
	f.read(string(text))
	t.Logf("%s: %v", page, f.done)
	for _, kind := range []string{"sessiongate", "policy", "tests", "envoy", "request"} {
		if f.done[kind] == 0 {
			t.Errorf("the page has no step of kind %q", kind)
		}
	}
}

// commandLine builds the command line.
func commandLine(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "sessiongate")
	if text, err := exec.Command("go", "build", "-o", binary, modulePath+"/cmd/sessiongate").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return binary
}

// serveTLS serves until the test ends.
func serveTLS(t *testing.T, handler http.Handler, certificate tls.Certificate) (addr string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: handler, ErrorLog: log.New(io.Discard, "", 0), TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}}}
	go func() { _ = server.ServeTLS(listener, "", "") }()
	t.Cleanup(func() { _ = server.Close() })
	return listener.Addr().String()
}

var (
	fenced     = regexp.MustCompile("(?s)^```(\\w+)\n(.*?)\n```(?:\n|$)")
	requestRow = regexp.MustCompile("^\\| `(curl [^`]+)` \\| (.+) \\|$")
	inCORS     = regexp.MustCompile(`\(frontend\.md#envoy\)`)
	inFile     = regexp.MustCompile("[Ii]n `([\\w-]+)/(?:tests/)?envoy\\.yaml`")
	copied     = regexp.MustCompile("[Cc]opy the cluster `(\\w+)` from `(\\S+)` into `(\\S+)`")
	removed    = regexp.MustCompile("[Rr]emove the cluster `(\\w+)` from `(\\S+)`")
)

// read takes the page's steps in their order.
func (f *follower) read(text string) {
	f.Helper()
	for text != "" && !f.Failed() {
		if block := fenced.FindStringSubmatch(text); block != nil {
			f.snippet(block[1], block[2])
			text = text[len(block[0]):]
			continue
		}
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		switch row := requestRow.FindStringSubmatch(line); {
		case strings.HasPrefix(line, "    "):
			f.command(strings.TrimSpace(line))
		case row != nil:
			f.request(row[1], row[2])
		}
		f.prose(line)
	}
}

// prose does what a sentence asks for: it says which file is meant from here
// on, and which clusters to copy and to remove.
func (f *follower) prose(line string) {
	f.Helper()
	if file := inFile.FindStringSubmatch(line); file != nil {
		f.file = filepath.Join(file[1], "envoy.yaml")
	}
	if inCORS.MatchString(line) {
		f.allowCORS()
	}
	if cluster := copied.FindStringSubmatch(line); cluster != nil {
		f.done["cluster"]++
		f.copyCluster(cluster[1], cluster[2], cluster[3])
	}
	if cluster := removed.FindStringSubmatch(line); cluster != nil {
		f.done["cluster"]++
		f.copyCluster(cluster[1], "", cluster[2])
	}
}

// command runs a command of the page.
func (f *follower) command(line string) {
	f.Helper()
	words := strings.Fields(line)
	switch {
	case strings.HasSuffix(line, " --fetch"), words[0] == "make":
		f.done["elsewhere"]++ // needs the vendor, or is what TestDemo does
	case words[0] == "sessiongate":
		f.done["sessiongate"]++
		run := exec.Command(f.binary, words[1:]...)
		run.Dir = f.folder
		if out, err := run.CombinedOutput(); err != nil || strings.Contains(string(out), "warning") {
			f.Errorf("%s: %s: %v\n%s", f.page, line, err, out)
		}
		for i, word := range words {
			if word == "--output" {
				f.file = filepath.Join(words[i+1], "envoy.yaml")
			}
		}
	case len(words) == 6 && words[0] == "cd" && words[3] == "envoy":
		f.done["envoy"]++
		f.start(filepath.Join(words[1], words[5]))
	default:
		f.Errorf("%s: %s: nothing here runs this", f.page, line)
	}
}

// request makes a request with curl, and holds what the page says of the
// answer: the status, each text in backticks, and after "no" that it is not
// there.
func (f *follower) request(command, promised string) {
	f.Helper()
	f.done["request"]++
	logged := len(f.out.String())
	run := exec.Command("sh", "-c", strings.ReplaceAll(command, "http://127.0.0.1:10000", f.url))
	run.Env = os.Environ()
	for name, token := range f.tokens {
		run.Env = append(run.Env, name+"="+token())
	}
	out, err := run.Output()
	answer := string(out)
	if err != nil {
		f.Errorf("%s: %s: %v", f.page, command, err)
	}
	want, passes := promised, strings.HasPrefix(promised, "the backend's")
	if passes {
		want = "200"
	}
	if !strings.HasPrefix(answer, "HTTP/1.1 "+want[:3]) || passes != strings.Contains(answer, "\nx-echo: 1\r") {
		f.Errorf("%s: %s: want %s\n%s", f.page, command, promised, answer)
	}
	for _, part := range regexp.MustCompile("(no )?`([^`]+)`").FindAllStringSubmatch(promised, -1) {
		if strings.Contains(answer, part[2]) == (part[1] != "") {
			f.Errorf("%s: %s: want %s\n%s", f.page, command, part[0], answer)
		}
	}
	if strings.Contains(promised, "gets `x-identity-user-id`") {
		user := func() bool { return strings.Contains(f.out.String()[logged:], `"user":"`) }
		for deadline := time.Now().Add(10 * time.Second); !user() && time.Now().Before(deadline); {
			time.Sleep(50 * time.Millisecond)
		}
		if !user() {
			f.Errorf("%s: the access log does not name the user:\n%s", f.page, f.out.String())
		}
	}
}
