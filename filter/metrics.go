package filter

import (
	"cmp"
	"strconv"
	"time"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks/remote"
)

// metric is one metric. The proxy makes it when it is first used.
type metric struct {
	host  Host
	kind  MetricKind
	name  string
	id    uint32
	state metricState
}

type metricState uint8

const (
	undefined metricState = iota
	defined
	refusedByProxy // not tried again
)

func newMetric(host Host, kind MetricKind, name string) *metric {
	return &metric{host: host, kind: kind, name: name}
}

// ready makes the metric if need be.
func (m *metric) ready() bool {
	if m.state == undefined {
		m.state = refusedByProxy
		if id, err := m.host.DefineMetric(m.kind, m.name); err == nil {
			m.id, m.state = id, defined
		}
	}
	return m.state == defined
}

// add adds to a counter or gauge.
func (m *metric) add(delta int64) {
	if m.ready() {
		_ = m.host.AddToMetric(m.id, delta)
	}
}

// record sets a gauge, or adds a value to a histogram.
func (m *metric) record(value uint64) {
	if m.ready() {
		_ = m.host.RecordMetric(m.id, value)
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

func oneIf(yes bool) uint64 {
	if yes {
		return 1
	}
	return 0
}

// metrics are those of a VM. Metrics are the whole proxy's: all that have one
// name count together.
type metrics struct {
	verifications [byAll]*metric // whatever their results
	assertions    [byAll]*metric // that were signed
	panics        *metric
	inHost        *metric // whether signatures are verified in the host: 0 or 1
}

func newMetrics(host Host) *metrics {
	m := &metrics{
		panics: newMetric(host, Counter, "sessiongate.panics"),
		inHost: newMetric(host, Gauge, "sessiongate.host_verification"),
	}
	for how, name := range byNames {
		m.verifications[how] = newMetric(host, Counter, "sessiongate.verifications.by."+name)
		m.assertions[how] = newMetric(host, Counter, "sessiongate.assertions.by."+name)
	}
	return m
}

// sampling: the filter's own time is measured in one request of so many.
const sampling = 64

var reasonCount = len(reason.All()) + 1

// pluginMetrics are those whose labels depend on the configuration. All labels
// come out of closed lists and the names of the providers.
type pluginMetrics struct {
	host      Host
	providers []providerMetrics // and one more, for decisions about nobody's session
	refusals  map[refusal]*metric
	duration  *metric
	requests  uint
}

// refusal is what answers of our own are counted by.
type refusal struct {
	rule   string
	reason reason.Reason
}

type providerMetrics struct {
	provider *session.Provider
	name     string
	// decisions are by reason, label and whether they are enforced; nil: there
	// was none.
	decisions [][policy.Labels][2]*metric
	fetches   [remote.Outcomes]*metric // attempts to fetch keys
	keys      *metric                  // how many there are at present
	keysAge   *metric                  // how long ago they were fetched
	waiting   *metric                  // how many requests wait for keys, in all VMs
}

func newPluginMetrics(host Host, providers []*session.Provider) *pluginMetrics {
	m := &pluginMetrics{
		host:     host,
		refusals: map[refusal]*metric{},
		duration: newMetric(host, Histogram, "sessiongate.own_time_microseconds"),
	}
	for _, provider := range providers {
		m.providers = append(m.providers, newProviderMetrics(host, provider, provider.Name))
	}
	m.providers = append(m.providers, newProviderMetrics(host, nil, "none"))
	return m
}

func newProviderMetrics(host Host, provider *session.Provider, name string) providerMetrics {
	m := providerMetrics{
		provider:  provider,
		name:      name,
		decisions: make([][policy.Labels][2]*metric, reasonCount),
		keys:      newMetric(host, Gauge, "sessiongate.keys.provider."+name),
		keysAge:   newMetric(host, Gauge, "sessiongate.keys_age_seconds.provider."+name),
		waiting:   newMetric(host, Gauge, "sessiongate.waiting.provider."+name),
	}
	for outcome := range remote.Outcomes {
		m.fetches[outcome] = newMetric(host, Counter, "sessiongate.key_fetches.provider."+name+".result."+outcome.String())
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

// decided counts a decision that was carried out, and an answer of our own by
// rule and reason.
func (m *pluginMetrics) decided(d *policy.Decision) {
	p := m.of(d.Provider)
	counter := &p.decisions[d.Reason][d.Label][oneIf(d.Enforced)]
	if *counter == nil {
		*counter = newMetric(m.host, Counter, "sessiongate.decisions.provider."+p.name+".outcome."+d.Label.String()+
			".reason."+cmp.Or(d.Reason.String(), "none")+".enforced."+strconv.FormatBool(d.Enforced))
	}
	(*counter).add(1)
	if d.Outcome == policy.Respond && d.Label != policy.LabelServed {
		m.refused(refusal{d.Rule, d.Reason})
	}
}

func (m *pluginMetrics) refused(r refusal) {
	if m.refusals[r] == nil {
		m.refusals[r] = newMetric(m.host, Counter, "sessiongate.refusals.reason."+r.reason.String()+".rule."+r.rule)
	}
	m.refusals[r].add(1)
}

// startTimer gives the time in one request of many, else the zero time.
func (m *pluginMetrics) startTimer() time.Time {
	m.requests++
	if m.requests%sampling != 0 {
		return time.Time{}
	}
	return m.host.Now()
}

func (m *pluginMetrics) stopTimer(started time.Time) {
	if !started.IsZero() {
		m.duration.record(uint64(max(m.host.Now().Sub(started).Microseconds(), 0)))
	}
}
