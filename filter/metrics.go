package filter

import (
	"strconv"
	"time"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks/remote"
)

// metric is one metric, made when it is first used. The zero value is one that
// has not been used.
type metric struct {
	id    uint32
	state metricState
}

type metricState uint8

const (
	undefined metricState = iota
	defined
	refusedByProxy // not tried again
)

// ready makes the metric if need be. Its name is only put together then.
func (m *metric) ready(host Host, kind MetricKind, name func() string) bool {
	if m.state == undefined {
		m.state = refusedByProxy
		if id, err := host.DefineMetric(kind, name()); err == nil {
			m.id, m.state = id, defined
		}
	}
	return m.state == defined
}

// add adds to a counter or gauge.
func (m *metric) add(host Host, kind MetricKind, delta int64, name func() string) {
	if m.ready(host, kind, name) {
		_ = host.AddToMetric(m.id, delta)
	}
}

// record sets a gauge, or adds a value to a histogram.
func (m *metric) record(host Host, kind MetricKind, value uint64, name func() string) {
	if m.ready(host, kind, name) {
		_ = host.RecordMetric(m.id, value)
	}
}

// by is how a token was verified, or an assertion signed.
type by uint8

const (
	byCache by = iota
	byHost
	byGo
	byAll
)

var byNames = [byAll]string{"cache", "host", "go"}

// metrics are those of a VM. Metrics are the whole proxy's: all that have one
// name count together.
type metrics struct {
	host          Host
	verifications [byAll]metric
	assertions    [byAll]metric
	panics        metric
	inHost        metric
}

func newMetrics(host Host) *metrics { return &metrics{host: host} }

// verified counts a verification, whatever its result.
func (m *metrics) verified(how by) {
	m.verifications[how].add(m.host, Counter, 1, func() string { return "sessiongate.verifications.by." + byNames[how] })
}

// signed counts an assertion that was signed.
func (m *metrics) signed(how by) {
	m.assertions[how].add(m.host, Counter, 1, func() string { return "sessiongate.assertions.by." + byNames[how] })
}

func (m *metrics) panicked() {
	m.panics.add(m.host, Counter, 1, func() string { return "sessiongate.panics" })
}

// verifiesInHost shows whether signatures are verified in the host.
func (m *metrics) verifiesInHost(yes bool) {
	value := uint64(0)
	if yes {
		value = 1
	}
	m.inHost.record(m.host, Gauge, value, func() string { return "sessiongate.host_verification" })
}

// sampling: the filter's own time is measured in one request of so many.
const sampling = 64

var reasonCount = len(reason.All()) + 1

// pluginMetrics are those whose labels depend on the configuration. All labels
// come out of closed lists and the names of the providers.
type pluginMetrics struct {
	host      Host
	providers []providerMetrics   // and one more, for decisions about nobody's session
	refusals  map[string][]metric // by reason, of each rule that has refused
	duration  metric
	requests  uint
}

type providerMetrics struct {
	provider  *session.Provider
	name      string
	decisions []metric // by label, reason and enforced
	fetches   [remote.Outcomes]metric
	keys      metric
	keysAge   metric
	waiting   metric
}

func newPluginMetrics(vm *metrics, providers []*session.Provider) *pluginMetrics {
	m := &pluginMetrics{host: vm.host, providers: make([]providerMetrics, len(providers)+1), refusals: map[string][]metric{}}
	for i := range m.providers {
		p := &m.providers[i]
		p.decisions = make([]metric, policy.Labels*reasonCount*2)
		p.name = "none"
		if i < len(providers) {
			p.provider, p.name = providers[i], providers[i].Name
		}
	}
	return m
}

func (m *pluginMetrics) of(provider *session.Provider) *providerMetrics {
	for i := range m.providers {
		if m.providers[i].provider == provider {
			return &m.providers[i]
		}
	}
	return &m.providers[len(m.providers)-1]
}

// decided counts a decision that was carried out.
func (m *pluginMetrics) decided(d *policy.Decision) {
	p := m.of(d.Provider)
	enforced := 0
	if d.Enforced {
		enforced = 1
	}
	i := (int(d.Label)*reasonCount+int(d.Reason))*2 + enforced
	if i >= len(p.decisions) {
		return
	}
	p.decisions[i].add(m.host, Counter, 1, func() string { return decisionName(p.name, d) })
	if d.Outcome == policy.Respond && d.Label != policy.LabelServed {
		m.refused(d)
	}
}

// refused counts an answer of our own by rule and reason.
func (m *pluginMetrics) refused(d *policy.Decision) {
	byReason := m.refusals[d.Rule]
	if byReason == nil {
		byReason = make([]metric, reasonCount)
		m.refusals[d.Rule] = byReason
	}
	byReason[d.Reason].add(m.host, Counter, 1, func() string {
		return "sessiongate.refusals.reason." + d.Reason.String() + ".rule." + d.Rule
	})
}

func decisionName(provider string, d *policy.Decision) string {
	why := d.Reason.String()
	if why == "" {
		why = "none"
	}
	return "sessiongate.decisions.provider." + provider + ".outcome." + d.Label.String() +
		".reason." + why + ".enforced." + strconv.FormatBool(d.Enforced)
}

// fetched counts an attempt to fetch keys.
func (m *pluginMetrics) fetched(provider *session.Provider, outcome remote.Outcome) {
	p := m.of(provider)
	p.fetches[outcome].add(m.host, Counter, 1, func() string {
		return "sessiongate.key_fetches.provider." + p.name + ".result." + outcome.String()
	})
}

// keys shows how many keys a provider has at present.
func (m *pluginMetrics) keys(provider *session.Provider, n int) {
	p := m.of(provider)
	p.keys.record(m.host, Gauge, uint64(n), func() string { return "sessiongate.keys.provider." + p.name })
}

// keysAge shows how long ago they were fetched.
func (m *pluginMetrics) keysAge(provider *session.Provider, age time.Duration) {
	p := m.of(provider)
	p.keysAge.record(m.host, Gauge, uint64(age/time.Second), func() string { return "sessiongate.keys_age_seconds.provider." + p.name })
}

// waiting shows how many requests wait for keys, in all VMs.
func (m *pluginMetrics) waiting(provider *session.Provider, by int64) {
	p := m.of(provider)
	p.waiting.add(m.host, Gauge, by, func() string { return "sessiongate.waiting.provider." + p.name })
}

// startTimer gives the time in one request of many, else the zero time.
func (m *pluginMetrics) startTimer(host Host) time.Time {
	m.requests++
	if m.requests%sampling != 0 {
		return time.Time{}
	}
	return host.Now()
}

func (m *pluginMetrics) stopTimer(host Host, started time.Time) {
	if started.IsZero() {
		return
	}
	took := max(host.Now().Sub(started).Microseconds(), 0)
	m.duration.record(host, Histogram, uint64(took), func() string { return "sessiongate.own_time_microseconds" })
}
