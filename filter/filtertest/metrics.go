package filtertest

import (
	"slices"

	"github.com/sessiongate/sessiongate/filter"
)

type metric struct {
	kind   filter.MetricKind
	name   string
	value  int64
	values []uint64
}

func (h host) DefineMetric(kind filter.MetricKind, name string) (uint32, error) {
	h.vm.process.called("DefineMetric")
	p := h.vm.process
	for id, m := range p.metrics {
		if m.name == name && m.kind == kind {
			return uint32(id), nil
		}
	}
	p.metrics = append(p.metrics, &metric{kind: kind, name: name})
	return uint32(len(p.metrics) - 1), nil
}

func (h host) AddToMetric(id uint32, by int64) error {
	h.vm.process.called("AddToMetric")
	if int(id) >= len(h.vm.process.metrics) {
		return errBadArgument
	}
	h.vm.process.metrics[id].value += by
	return nil
}

func (h host) RecordMetric(id uint32, value uint64) error {
	h.vm.process.called("RecordMetric")
	if int(id) >= len(h.vm.process.metrics) {
		return errBadArgument
	}
	m := h.vm.process.metrics[id]
	if m.kind == filter.Gauge {
		m.value = int64(value)
	} else {
		m.values = append(m.values, value)
	}
	return nil
}

// Metric is the value of a counter or gauge, 0 if there is none.
func (p *Process) Metric(name string) int64 {
	for _, m := range p.metrics {
		if m.name == name {
			return m.value
		}
	}
	return 0
}

// Metrics are the counters and gauges that are not 0, by name.
func (p *Process) Metrics() map[string]int64 {
	all := map[string]int64{}
	for _, m := range p.metrics {
		if m.kind != filter.Histogram && m.value != 0 {
			all[m.name] = m.value
		}
	}
	return all
}

// MetricNames are the names of all metrics that were defined, sorted.
func (p *Process) MetricNames() []string {
	var names []string
	for _, m := range p.metrics {
		names = append(names, m.name)
	}
	slices.Sort(names)
	return names
}

// Recorded are the values of a histogram.
func (p *Process) Recorded(name string) []uint64 {
	for _, m := range p.metrics {
		if m.name == name {
			return slices.Clone(m.values)
		}
	}
	return nil
}
