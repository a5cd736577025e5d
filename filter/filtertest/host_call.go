package filtertest

import (
	"slices"
	"time"

	"github.com/sessiongate/sessiongate/filter"
)

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
