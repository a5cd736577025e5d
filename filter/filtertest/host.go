package filtertest

import (
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/filter"
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

func (h host) SetEffectiveContext(id uint32) error {
	h.vm.process.called("SetEffectiveContext")
	if h.vm.plugin(id) == nil && h.vm.streams[id] == nil {
		return errBadArgument
	}
	h.vm.effective = id
	return nil
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

func (h host) Environment(name string) string { return h.vm.process.Environment[name] }

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
