package filtertest

import (
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/filter"
	"github.com/sessiongate/sessiongate/internal/policy"
)

// host is what one VM sees of its process.
type host struct{ vm *VM }

var _ filter.Host = host{}

var errBadArgument = errors.New("bad argument")

// stream is the stream in effect, which a method is called about.
func (h host) stream(method string) (*Stream, error) {
	h.vm.process.called(method)
	if fails := h.vm.process.Fails; fails != nil {
		if err := fails(method); err != nil {
			return nil, err
		}
	}
	return h.effective()
}

func (h host) effective() (*Stream, error) {
	if s := h.vm.streams[h.vm.effective]; s != nil && !s.gone {
		return s, nil
	}
	return nil, errBadArgument
}

func (h host) RequestHeaders() ([][2]string, error) {
	s, err := h.stream("RequestHeaders")
	if err != nil {
		return nil, err
	}
	return h.vm.lent.lines(s.result.RequestHeaders), nil
}

func (h host) SetRequestHeader(name, value string) error {
	s, err := h.stream("SetRequestHeader")
	if err != nil {
		return err
	}
	name = strings.ToLower(name)
	h.check(s, name, value)
	s.result.RequestHeaders = set(s.result.RequestHeaders, strings.Clone(name), strings.Clone(value))
	return nil
}

func (h host) AddRequestHeader(name, value string) error {
	s, err := h.stream("AddRequestHeader")
	if err != nil {
		return err
	}
	name = strings.ToLower(name)
	h.check(s, name, value)
	s.result.RequestHeaders = append(s.result.RequestHeaders, own([][2]string{{name, value}})...)
	return nil
}

// check notes what Envoy takes and then fails the request for.
func (h host) check(s *Stream, name, value string) {
	if strings.ContainsAny(value, "\r\n\x00") || name == "" || strings.ContainsAny(name, "\r\n\x00 ") {
		h.vm.process.misuse("header %q with a value or name that breaks lines", name)
		s.breaking = true
	}
	if s.result.Forwarded {
		h.vm.process.misuse("request header %q changed after the request was forwarded", name)
	}
}

func (h host) RemoveRequestHeader(name string) error {
	s, err := h.stream("RemoveRequestHeader")
	if err != nil {
		return err
	}
	h.check(s, name, "")
	s.result.RequestHeaders = remove(s.result.RequestHeaders, strings.ToLower(name))
	return nil
}

func (h host) RequestTrailers() ([][2]string, error) {
	s, err := h.stream("RequestTrailers")
	if err != nil {
		return nil, err
	}
	if len(s.result.Trailers) == 0 {
		// Envoy hands out no memory for a map without lines.
		return nil, filter.ErrNotFound
	}
	return h.vm.lent.lines(s.result.Trailers), nil
}

func (h host) RemoveRequestTrailer(name string) error {
	s, err := h.stream("RemoveRequestTrailer")
	if err != nil {
		return err
	}
	s.result.Trailers = remove(s.result.Trailers, strings.ToLower(name))
	return nil
}

func (h host) ResumeRequest() error {
	s, err := h.stream("ResumeRequest")
	if err != nil {
		return err
	}
	if s.ending {
		h.vm.process.misuse("a request was resumed whose stream is ending")
	}
	if !s.paused || s.held {
		h.vm.process.misuse("a request was resumed that is not paused")
		return nil
	}
	h.vm.after = append(h.vm.after, func() {
		if s.paused && !s.held {
			s.forward()
		}
	})
	return nil
}

func (h host) SendResponse(a policy.Answer) error {
	s, err := h.stream("SendResponse")
	if err != nil {
		return err
	}
	if s.ending {
		h.vm.process.misuse("a request was answered whose stream is ending")
	}
	if s.held || s.response != nil {
		h.vm.process.misuse("a request was answered that had been answered or forwarded")
		return errBadArgument
	}
	s.held = true
	response := Response{
		Status: a.Status, Headers: own(a.Headers), Body: strings.Clone(a.Body), GRPCStatus: a.GRPCStatus,
		Details: strings.Clone(a.Details),
	}
	h.vm.after = append(h.vm.after, func() { s.answer(response) })
	return nil
}

func (h host) AddResponseHeader(name, value string) error {
	s, err := h.response("AddResponseHeader")
	if err != nil {
		return err
	}
	s.Headers = append(s.Headers, own([][2]string{{strings.ToLower(name), value}})...)
	return nil
}

func (h host) SetResponseHeader(name, value string) error {
	s, err := h.response("SetResponseHeader")
	if err != nil {
		return err
	}
	s.Headers = set(s.Headers, strings.ToLower(name), strings.Clone(value))
	return nil
}

func (h host) response(method string) (*Response, error) {
	s, err := h.stream(method)
	if err != nil {
		return nil, err
	}
	if s.response == nil {
		return nil, errBadArgument
	}
	return s.response, nil
}

func (h host) SetProperty(name, value string) error {
	s, err := h.stream("SetProperty")
	if err != nil {
		return err
	}
	if value == "" {
		return errBadArgument
	}
	s.result.Properties[strings.Clone(name)] = strings.Clone(value)
	return nil
}

func (h host) SetEffectiveContext(id uint32) error {
	h.vm.process.called("SetEffectiveContext")
	if h.vm.plugin(id) == nil && h.vm.streams[id] == nil {
		return errBadArgument
	}
	h.vm.effective = id
	return nil
}

func (h host) StreamEnding() bool {
	h.vm.process.called("StreamEnding")
	s := h.vm.streams[h.vm.effective]
	return s != nil && s.ending
}

func (h host) PluginConfiguration() ([]byte, error) {
	h.vm.process.called("PluginConfiguration")
	return []byte(h.vm.starting), nil
}

func (h host) SetTickPeriod(period time.Duration) error {
	h.vm.process.called("SetTickPeriod")
	plugin := h.vm.plugin(h.vm.effective)
	if plugin == nil {
		s, err := h.effective()
		if err != nil {
			return err
		}
		plugin = s.plugin
	}
	plugin.period = max(period.Truncate(time.Millisecond), time.Millisecond)
	plugin.nextTick = h.vm.process.now.Add(plugin.period)
	return nil
}

func (h host) Dispatch(cluster string, headers [][2]string, timeout time.Duration, done func(headers, bodySize int)) error {
	h.vm.process.called("Dispatch")
	p := h.vm.process
	plugin := h.vm.plugin(h.vm.effective)
	if plugin == nil {
		p.misuse("a call was dispatched from a stream")
		return errBadArgument
	}
	if p.UnknownClusters[cluster] {
		return errBadArgument
	}
	for _, name := range []string{":method", ":path", ":authority"} {
		if first(headers, name) == "" {
			return errBadArgument
		}
	}
	call := &Call{Cluster: cluster, Headers: slices.Clone(headers), Timeout: timeout, plugin: plugin, deadline: p.now.Add(timeout)}
	p.calls = append(p.calls, call)
	if p.OnDispatch != nil {
		p.OnDispatch(call)
	}
	call.done = done
	return nil
}

func (h host) CallHeaders() ([][2]string, error) {
	h.vm.process.called("CallHeaders")
	if h.vm.answered == nil || h.vm.answered.answerHeaders == nil {
		return nil, filter.ErrNotFound
	}
	return slices.Clone(h.vm.answered.answerHeaders), nil
}

func (h host) CallBody(max int) ([]byte, error) {
	h.vm.process.called("CallBody")
	if h.vm.answered == nil || len(h.vm.answered.answerBody) == 0 {
		return nil, filter.ErrNotFound
	}
	body := h.vm.answered.answerBody
	return slices.Clone(body[:min(max, len(body))]), nil
}

func (h host) SharedData(key string) ([]byte, uint32, error) {
	h.vm.process.called("SharedData")
	r, there := h.vm.process.shared[key]
	if !there {
		return nil, 0, filter.ErrNotFound
	}
	return slices.Clone(r.value), r.cas, nil
}

func (h host) SetSharedData(key string, value []byte, cas uint32) error {
	h.vm.process.called("SetSharedData")
	if r, there := h.vm.process.shared[key]; there && cas != 0 && cas != r.cas {
		return filter.ErrCASMismatch
	}
	h.vm.process.store(key, value)
	return nil
}

func (h host) CallForeign(name string, argument []byte) ([]byte, error) {
	h.vm.process.called("CallForeign")
	p := h.vm.process
	if p.Foreign != nil {
		if result, err, known := p.Foreign(name, argument); known {
			return result, err
		}
	}
	if name == "verify_signature" && p.VerifySignature {
		return verifySignature(argument), nil
	}
	if name == "sign" && p.Sign {
		return sign(argument), nil
	}
	return nil, filter.ErrNotFound
}

func (h host) Environment(name string) string { return h.vm.process.Environment[name] }

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

func (h host) Log(level filter.LogLevel, message string) {
	h.vm.process.called("Log")
	h.vm.process.logs = append(h.vm.process.logs, Log{level, strings.Clone(message)})
}

func (h host) Now() time.Time {
	h.vm.process.called("Now")
	return h.vm.process.now
}

func (h host) RandomBytes(to []byte) error {
	_, err := rand.Read(to)
	return err
}

func (h host) Random() float64 { return h.vm.process.Random() }
