package e2e

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/jwks/remote"
)

// TestKeysAcrossCrash kills VMs while requests wait in them, and writes
// nonsense into their shared data. Envoy makes new VMs (FAIL_RELOAD).
func TestKeysAcrossCrash(t *testing.T) {
	t.Parallel()
	findEnvoy(t)
	answer, open := held()
	waits := newKeyTrial(t, keyTest{name: "waits", fault: answer})
	shares := newKeyTrial(t, keyTest{name: "shares"})
	timing := object{"jwksTimeout": "3s", "jwksRefreshInterval": "1s"}
	b := bootstrap{
		module: testModule(t), keys: startKeyServer(t, waits.Issuer, shares.Issuer),
		configs: map[string]string{"both": keyConfig(nil, waits.provider(object{"jwksTimeout": "3s"}), shares.provider(timing))},
	}
	e := startEnvoy(t, b, envoy.Options{Concurrency: 4})
	for _, k := range []*keyTrial{waits, shares} {
		k.e, k.listener = e, "both"
	}
	shares.nonsense()
	waits.crash(open)
	shares.eventually(10*time.Second, shares.good, signedIn, deadVM)
	for _, k := range []*keyTrial{waits, shares} {
		close(k.done)
		k.conclude(t)
	}
	e.checkLogs(t)
}

// deadVM is what Envoy answers while it has no VM: nobody gets past.
var deadVM = expected{status: 503}

// crash kills the VMs of all workers, those that wait and perhaps the one that
// fetches, and once more when there are keys.
func (k *keyTrial) crash(open func()) {
	good := k.good()
	var conns []net.Conn
	for range 40 {
		conns = append(conns, k.begin(good))
	}
	k.kill()
	var ended sync.WaitGroup
	for _, conn := range conns {
		ended.Go(func() {
			defer conn.Close()
			_ = conn.SetDeadline(time.Now().Add(clientTimeout))
			r, err := readHTTP1(bufio.NewReader(conn), "GET")
			if timeout := net.Error(nil); errors.As(err, &timeout) && timeout.Timeout() {
				k.errorf("a request that waited in a VM that died is not answered")
			}
			if err == nil && r.Status < 500 && r.Status != 200 {
				k.errorf("a request that waited in a VM that died got %d: %s", r.Status, r.Body)
			}
		})
	}
	open()
	start := time.Now()
	k.eventually(20*time.Second, k.good, signedIn, noKeys, deadVM)
	k.reportf("signed in again %v after every VM had died, one of them while fetching", time.Since(start).Round(10*time.Millisecond))
	ended.Wait()

	fetches := k.Fetches.Load()
	k.kill()
	for range 40 { // each worker has a new VM a moment after a request has found the old one dead
		k.eventually(20*time.Second, k.good, signedIn, deadVM)
	}
	k.fetched(fetches) // the new VMs have taken the keys over
}

// kill kills the VM of every worker, most likely.
func (k *keyTrial) kill() {
	s := k.request("")
	s.Headers = append(s.Headers, [2]string{"x-test", "kill"})
	var all sync.WaitGroup
	for range 60 {
		all.Go(func() {
			if r, err := send(k.e.addrs[k.listener], s); err == nil && r.Status < 500 {
				k.errorf("a request that killed its VM got %d", r.Status)
			}
		})
	}
	all.Wait()
}

// nonsense is what another plugin with the same vm_id may write. The keys at
// hand are used, and fresh ones fetched.
func (k *keyTrial) nonsense() {
	k.expect(20, k.good(), signedIn)
	for name, record := range map[string]func(now time.Time) []byte{
		"nothing": func(time.Time) []byte { return nil },
		"garbage": func(time.Time) []byte { return []byte("\x00\xff 1 2 3") },
		"the future": func(now time.Time) []byte {
			return remote.AppendRecord(nil, remote.Status{Fetched: now.Add(time.Hour)}, k.KeySet())
		},
		"no key set": func(now time.Time) []byte {
			return remote.AppendRecord(nil, remote.Status{Fetched: now}, []byte(`{"keys":[`))
		},
		"a lease without end": func(now time.Time) []byte {
			return remote.AppendRecord(nil, remote.Status{Lease: now.Add(time.Hour)}, nil)
		},
	} {
		before := k.Fetches.Load()
		for end := time.Now().Add(1500 * time.Millisecond); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
			k.write(record(time.Now()))
			k.expect(4, k.good(), signedIn)
		}
		if k.Fetches.Load() == before {
			k.errorf("%s in shared data: no fetch in 1.5 s, with jwksRefreshInterval 1s", name)
		}
	}
	k.write(nil)
}

// write writes the record that the trial's provider shares.
func (k *keyTrial) write(record []byte) {
	hash := sha256.New()
	for _, part := range []string{k.URL + k.Vendor.KeysPath(), "idp"} {
		hash.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		hash.Write([]byte(part))
	}
	s := k.request("")
	s.Headers = append(s.Headers, [2]string{"x-test",
		"write sessiongate/1/" + hex.EncodeToString(hash.Sum(nil)) + " " + base64.StdEncoding.EncodeToString(append(record, '\n'))}) // never empty
	if r, err := send(k.e.addrs[k.listener], s); err != nil || r.Status != 204 {
		k.errorf("cannot write shared data: %d, %v", r.Status, err)
	}
}

// testModule builds the module that tests can crash.
func testModule(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "testmodule.wasm")
	if err := os.WriteFile(path, compile(t, root, "./e2e/testmodule"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
