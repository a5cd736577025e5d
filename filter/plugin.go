package filter

import (
	"strings"
	"time"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
)

// plugin is one configuration at work in one VM.
type plugin struct {
	types.DefaultPluginContext
	vm   *VM
	host Host
	id   uint32

	policy  *policy.Policy
	checker session.Checker // Now and Waited are set for each decision
	metrics *pluginMetrics
	rooms   []*waitingRoom // of the providers whose keys are fetched
	period  time.Duration
	reader  *request.Reader
}

// OnPluginStart takes the configuration. It also runs in a VM that is thrown
// away right after (Envoy tries configurations so), hence it fetches nothing
// and takes no lease.
func (p *plugin) OnPluginStart(int) (status types.OnPluginStartStatus) {
	status = types.OnPluginStartStatusFailed // after a panic, too
	defer p.vm.recovered("OnPluginStart")
	if err := p.load(); err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			p.host.Log(LogCritical, "sessiongate: "+line)
		}
		return status
	}
	return types.OnPluginStartStatusOK
}

// load reads the configuration, and starts with it unless something is wrong.
func (p *plugin) load() error {
	data, err := p.host.PluginConfiguration()
	if err != nil {
		return hostError("the proxy does not hand out the configuration", err)
	}
	loaded, err := config.Load(data)
	if err != nil {
		return err
	}
	for _, warning := range loaded.Warnings {
		p.host.Log(LogWarn, "sessiongate: "+warning.String())
	}
	made, err := p.assertions(loaded.Policy)
	if err != nil {
		return err
	}
	p.start(loaded)
	p.checker.Assertions = made
	return nil
}

func (p *plugin) start(loaded *config.Result) {
	policy := loaded.Policy
	p.metrics = newPluginMetrics(p.host, policy.Providers)
	p.checker = session.Checker{Keys: p.snapshot, Verifier: p.vm.verify()}
	if loaded.TokenCacheSize > 0 {
		p.checker.Cache = newTokenCache(loaded.TokenCacheSize, p.vm.metrics)
	}
	p.rooms = nil
	for _, provider := range policy.Providers {
		if provider.Remote == nil {
			p.metrics.of(provider).keys.record(uint64(len(provider.Inline.Keys)))
			continue
		}
		p.rooms = append(p.rooms, newWaitingRoom(p, provider, loaded.ShareKeys))
	}
	p.policy, p.reader = policy, policy.NewReader()
	if len(p.rooms) > 0 {
		p.setTick(p.host.Now()) // fetching is due since the beginning of time
	}
}

// OnTick does what is due about keys, and ends waits that are over.
func (p *plugin) OnTick() {
	defer p.vm.recovered("OnTick")
	for _, r := range p.rooms {
		r.tick()
		r.settle()
	}
	p.setTick(p.host.Now())
}

// The periods of the tick.
const (
	shortTick = 20 * time.Millisecond // while a request waits
	longTick  = time.Second
)

// setTick has OnTick called when something may be due next: in a millisecond,
// up to a second.
func (p *plugin) setTick(now time.Time) {
	period := longTick
	for _, r := range p.rooms {
		period = min(period, max(r.due.Sub(now), time.Millisecond))
		switch {
		case r.unsettled:
			period = time.Millisecond
		case len(r.waiting) > 0:
			period = min(period, shortTick)
		}
	}
	period = (period + time.Millisecond - 1).Truncate(time.Millisecond)
	if period != p.period && p.host.SetTickPeriod(period) == nil {
		p.period = period
	}
}

// OnPluginDone gives back a lease, so that nobody waits for a fetch that is
// cancelled now.
func (p *plugin) OnPluginDone() bool {
	defer p.vm.recovered("OnPluginDone")
	for _, r := range p.rooms {
		r.close()
	}
	delete(p.vm.streams.plugins, p.id)
	return true
}

// snapshot is what is known of the keys of a provider whose keys are fetched.
func (p *plugin) snapshot(provider *session.Provider) jwks.Snapshot {
	return p.roomOf(provider).keys.Snapshot(p.checker.Now)
}

// roomOf is the room of a provider whose keys are fetched; others have none.
func (p *plugin) roomOf(provider *session.Provider) *waitingRoom {
	for _, r := range p.rooms {
		if r.provider == provider {
			return r
		}
	}
	return nil
}
