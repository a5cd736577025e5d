package filter

import (
	"errors"
	"strconv"
	"time"

	"github.com/sessiongate/sessiongate/jwks/remote"
)

// report counts what came of an attempt to get keys, and logs what is new.
func (r *waitingRoom) report(report remote.Report) {
	if report.Outcome != remote.NotFetched {
		r.metrics.fetches[report.Outcome].add(1)
	}
	level := LogWarn
	if report.Outcome == remote.FetchOK {
		level = LogInfo
	}
	if report.Text != "" {
		r.plugin.host.Log(level, "sessiongate: provider "+strconv.Quote(r.provider.Name)+": "+report.Text)
	}
}

// keysProxy is the proxy as the keys of one provider use it: on the plugin's
// tick and when a call is answered, in the plugin's own context. A call that a
// request's context dispatched would end with that request.
type keysProxy struct {
	Host
	room  *waitingRoom
	share bool // false: every VM for itself
}

// Dispatch sends the request for keys. Also if reading the answer panics, those
// who wait hear what came of it.
func (p *keysProxy) Dispatch(cluster string, headers [][2]string, timeout time.Duration, done func(remote.Answer)) error {
	return p.Host.Dispatch(cluster, headers, timeout, func(headers, bodySize int) {
		defer p.room.answered()
		defer p.room.plugin.vm.recovered("the answer with keys")
		done(&callAnswer{p.Host, headers, bodySize})
	})
}

// answered tells those who wait what came of an attempt, and does what is due
// then.
func (r *waitingRoom) answered() {
	defer r.plugin.vm.recovered("the answer with keys")
	r.settle()
	r.tick()
	r.plugin.setTick(r.plugin.host.Now())
}

var errNotShared = errors.New("the configuration has shareKeys: false")

// SharedData tells that data cannot be shared unless the configuration allows it.
func (p *keysProxy) SharedData(name string) ([]byte, uint32, error) {
	if !p.share {
		return nil, 0, errNotShared
	}
	return p.Host.SharedData(name)
}

// callAnswer is the answer to the dispatched call whose callback is running.
type callAnswer struct {
	host              Host
	headers, bodySize int
}

func (a *callAnswer) Headers() ([][2]string, error) {
	if a.headers == 0 {
		return nil, nil
	}
	return a.host.CallHeaders()
}

func (a *callAnswer) Body(most int) ([]byte, error) {
	if a.bodySize == 0 {
		return nil, nil
	}
	return a.host.CallBody(min(a.bodySize, most))
}
