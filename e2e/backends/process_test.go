package backends

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/loopback"
)

// patience is how long an example may take to install, build and start: the
// heaviest loads 600 MB of packages.
const patience = 15 * time.Minute

// process is an example that runs, in a process group of its own.
type process struct {
	addr   string
	cmd    *exec.Cmd
	out    envoy.Log
	exited chan struct{}
}

// freeAddr is a loopback address whose port nobody listens on.
func freeAddr(t *testing.T) string {
	t.Helper()
	addr, err := loopback.FreeAddress()
	if err != nil {
		t.Fatal(err)
	}
	return addr
}

// run is a shell command in a folder, for machines: nothing asks, reports home
// or prints advertisements.
func run(dir, command string, environment ...string) *exec.Cmd {
	cmd := exec.Command("bash", "-c", command)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CI=1", "DO_NOT_TRACK=1", "NEXT_TELEMETRY_DISABLED=1", "GATSBY_TELEMETRY_DISABLED=1",
		"PIP_DISABLE_PIP_VERSION_CHECK=1", "npm_config_audit=false", "npm_config_fund=false")
	cmd.Env = append(cmd.Env, environment...)
	return cmd
}

// start runs a command in a folder until the test ends, and returns when it
// answers HTTP on addr.
func start(t *testing.T, dir, command, addr string, environment ...string) *process {
	t.Helper()
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	p := &process{addr: addr, cmd: run(dir, command, append(environment, "PORT="+port)...), exited: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.out
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.exited)
	}()
	t.Cleanup(p.stop)
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		answer, err := http.Get("http://" + addr + "/whoami")
		if err == nil {
			answer.Body.Close()
			t.Logf("it answers after %v", time.Since(began).Round(100*time.Millisecond))
			return p
		}
		select {
		case <-p.exited:
			t.Fatalf("%s has ended:\n%s", command, &p.out)
		default:
		}
		if time.Since(began) > patience {
			t.Fatalf("%s does not answer:\n%s", command, &p.out)
		}
	}
}

// stop ends the whole group: what a command starts is not always ended by it.
func (p *process) stop() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGTERM)
	select {
	case <-p.exited:
	case <-time.After(10 * time.Second):
	}
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.exited
}
