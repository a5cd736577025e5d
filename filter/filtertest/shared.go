package filtertest

import (
	"errors"
	"maps"
	"slices"

	"github.com/sessiongate/sessiongate/filter"
)

var errCASMismatch = errors.New("the value in shared data has changed")

type record struct {
	value []byte
	cas   uint32
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
		return errCASMismatch
	}
	h.vm.process.store(key, value)
	return nil
}

// SharedKeys are the keys of all shared data, sorted.
func (p *Process) SharedKeys() []string {
	return slices.Sorted(maps.Keys(p.shared))
}

// Shared reads shared data as another plugin would.
func (p *Process) Shared(key string) []byte { return slices.Clone(p.shared[key].value) }

// SetShared writes shared data as another plugin would.
func (p *Process) SetShared(key string, value []byte) { p.store(key, value) }

func (p *Process) store(key string, value []byte) {
	p.lastCAS++
	p.shared[key] = record{slices.Clone(value), p.lastCAS}
}
