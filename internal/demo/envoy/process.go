package envoy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Options say how to run Envoy.
type Options struct {
	Path        string    // of the binary
	Bootstrap   []byte    // YAML; give it ports 0 and ask for the addresses
	Overlay     []byte    // YAML that Envoy merges into the bootstrap (--config-yaml)
	Concurrency int       // worker threads; 0 is 1
	LogLevel    string    // "" is "warning"
	Components  string    // --component-log-level, such as "wasm:debug"
	Stdout      io.Writer // access logs that go to /dev/stdout; nil: kept with the log
	Env         []string  // added to the environment
	Wait        time.Duration
}

// Process is a running Envoy.
type Process struct {
	PID   int
	Admin string // host:port of the admin interface

	cmd    *exec.Cmd
	dir    string
	log    Log
	exited chan struct{}
	err    error
	stop   sync.Once
}

// Start starts Envoy and returns once it is ready for requests. An Envoy that
// ends before that, such as one that refuses its configuration, is an *Exit.
func Start(ctx context.Context, o Options) (*Process, error) {
	if o.Concurrency == 0 {
		o.Concurrency = 1
	}
	if o.LogLevel == "" {
		o.LogLevel = "warning"
	}
	if o.Wait == 0 {
		o.Wait = 2 * time.Minute
	}
	dir, err := os.MkdirTemp("", "sessiongate-envoy-")
	if err != nil {
		return nil, err
	}
	bootstrap := filepath.Join(dir, "envoy.yaml")
	if err := os.WriteFile(bootstrap, o.Bootstrap, 0o600); err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	p := &Process{dir: dir, exited: make(chan struct{})}
	args := []string{
		"--config-path", bootstrap,
		"--use-dynamic-base-id",
		"--concurrency", strconv.Itoa(o.Concurrency),
		"--admin-address-path", filepath.Join(dir, "admin"),
		"--log-level", o.LogLevel,
		"--drain-time-s", "1",
		"--parent-shutdown-time-s", "2",
		"--file-flush-interval-msec", "200",
	}
	if o.Components != "" {
		args = append(args, "--component-log-level", o.Components)
	}
	if len(o.Overlay) > 0 {
		args = append(args, "--config-yaml", string(o.Overlay))
	}
	p.cmd = exec.Command(o.Path, args...)
	p.cmd.Env = append(os.Environ(), o.Env...)
	p.cmd.Stderr = &p.log
	p.cmd.Stdout = &p.log
	if o.Stdout != nil {
		p.cmd.Stdout = o.Stdout
	}
	ownGroup(p.cmd)
	if err := p.cmd.Start(); err != nil {
		os.RemoveAll(dir)
		return nil, fmt.Errorf("cannot start %s: %w", o.Path, err)
	}
	p.PID = p.cmd.Process.Pid
	go func() {
		p.err = p.cmd.Wait()
		close(p.exited)
	}()
	if err := p.ready(ctx, o.Wait); err != nil {
		p.Stop()
		return nil, err
	}
	context.AfterFunc(ctx, p.Stop)
	return p, nil
}

// Exit says that Envoy ended by itself.
type Exit struct {
	Err error
	Log string // the end of its log
}

func (e *Exit) Error() string { return fmt.Sprintf("envoy ended: %v\n%s", e.Err, e.Log) }

// ready waits for the admin interface to say so.
func (p *Process) ready(ctx context.Context, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		if p.Admin == "" {
			if addr, err := os.ReadFile(filepath.Join(p.dir, "admin")); err == nil {
				p.Admin = strings.TrimSpace(string(addr))
			}
		}
		if p.Admin != "" {
			if body, err := p.Get(ctx, "/ready"); err == nil && strings.TrimSpace(body) == "LIVE" {
				return nil
			}
		}
		select {
		case <-p.exited:
			return &Exit{Err: p.err, Log: p.log.Tail(4000)}
		case <-ctx.Done():
			return fmt.Errorf("envoy is not ready: %w\n%s", ctx.Err(), p.log.Tail(4000))
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Get asks the admin interface; an answer other than 200 is an error.
func (p *Process) Get(ctx context.Context, path string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.Admin+path, nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("envoy's admin: %s: %s", path, response.Status)
	}
	return string(body), nil
}

// Listeners are the addresses of the listeners, by name.
func (p *Process) Listeners(ctx context.Context) (map[string]string, error) {
	body, err := p.Get(ctx, "/listeners?format=json")
	if err != nil {
		return nil, err
	}
	var answer struct {
		Statuses []struct {
			Name    string `json:"name"`
			Address struct {
				Socket struct {
					Address string `json:"address"`
					Port    int    `json:"port_value"`
				} `json:"socket_address"`
			} `json:"local_address"`
		} `json:"listener_statuses"`
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		return nil, err
	}
	addrs := map[string]string{}
	for _, s := range answer.Statuses {
		addrs[s.Name] = net.JoinHostPort(s.Address.Socket.Address, strconv.Itoa(s.Address.Socket.Port))
	}
	return addrs, nil
}

// Stats are the counters and gauges whose names match a regular expression.
func (p *Process) Stats(ctx context.Context, filter string) (map[string]int64, error) {
	body, err := p.Get(ctx, "/stats?filter="+url.QueryEscape(filter))
	if err != nil {
		return nil, err
	}
	stats := map[string]int64{}
	for line := range strings.Lines(body) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			stats[name] = n
		}
	}
	return stats, nil
}

// ResidentKiB is the resident memory of the process, from /proc.
func (p *Process) ResidentKiB() (int, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.PID))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
		}
	}
	return 0, errors.New("no VmRSS in /proc")
}

// Log is everything that Envoy wrote to its standard error (and output).
func (p *Process) Log() string { return p.log.String() }

// Exited is closed when the process has ended.
func (p *Process) Exited() <-chan struct{} { return p.exited }

// Stop ends the process, if need be by force, and returns when it is gone.
func (p *Process) Stop() {
	p.stop.Do(func() {
		_ = p.cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-p.exited:
		case <-time.After(5 * time.Second):
			_ = p.cmd.Process.Kill()
			<-p.exited
		}
		os.RemoveAll(p.dir)
	})
	<-p.exited
}
