package filter

import (
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"github.com/sessiongate/sessiongate/internal/policy"
)

// streams are the streams of a VM that are heard of again. Most requests are
// decided about in the callback that brings them, and leave nothing behind.
type streams struct {
	plugins map[uint32]*plugin // that live
	// owners are the plugins of streams that have not come to their headers, or
	// whose trailers may follow.
	owners map[uint32]*plugin
	// kept are the streams that wait, or bring something to their response.
	kept map[uint32]*stream

	created struct {
		id     uint32
		plugin *plugin // nil: its headers have come
	}
	current stream // while it is decided about; a copy of it may be kept
}

func newStreams() streams {
	return streams{plugins: map[uint32]*plugin{}, owners: map[uint32]*plugin{}, kept: map[uint32]*stream{}}
}

// pluginOf is the plugin of a stream whose headers come.
func (a *streams) pluginOf(id uint32) *plugin {
	p := a.created.plugin
	if p == nil || a.created.id != id {
		return a.owners[id]
	}
	a.created.plugin = nil
	return p
}

// forget leaves nothing of a stream behind. It waits no more.
func (a *streams) forget(id uint32) {
	if a.created.id == id {
		a.created.plugin = nil
	}
	if s := a.kept[id]; s != nil {
		s.stopWaiting()
	}
	delete(a.owners, id)
	delete(a.kept, id)
}

// keep is the stream as it is kept.
func (s *stream) keep() *stream {
	a := &s.plugin.vm.streams
	if a.kept[s.id] != s {
		kept := *s
		s = &kept
		a.kept[s.id] = s
	}
	return s
}

// StreamCreated implements callbacks.VM.
func (v *VM) StreamCreated(id, plugin uint32) {
	a := &v.streams
	if a.created.plugin != nil {
		a.owners[a.created.id] = a.created.plugin
	}
	if a.kept[id] != nil {
		a.forget(id) // of a stream with the same number, which never ended
	}
	a.created.id, a.created.plugin = id, a.plugins[plugin]
}

// RequestHeaders decides about a request.
func (v *VM) RequestHeaders(id uint32, endOfStream bool) types.Action {
	p := v.streams.pluginOf(id)
	if p == nil {
		return v.stranger()
	}
	s := &v.streams.current
	*s = stream{plugin: p, id: id}
	action := s.requestHeaders(!endOfStream)
	if !endOfStream && s.state < answered {
		v.streams.owners[id] = p
	}
	return action
}

// RequestTrailers takes out of a request's trailers what clients may not set.
func (v *VM) RequestTrailers(id uint32, lines int) types.Action {
	s := v.streams.kept[id]
	if s == nil {
		p := v.streams.owners[id]
		if p == nil {
			return v.stranger()
		}
		s = &v.streams.current
		*s = stream{plugin: p, id: id, state: forwarded}
	}
	return s.requestTrailers(lines)
}

// ResponseHeaders adds what a handshake sets to a response, whoever makes it.
// Answers of the filter come by here too, and have it already.
func (v *VM) ResponseHeaders(id uint32) {
	if s := v.streams.kept[id]; s != nil {
		s.responseHeaders()
	}
}

// StreamDone ends a stream. A request whose client has left waits no more.
func (v *VM) StreamDone(id uint32) {
	defer v.recovered("StreamDone")
	v.streams.forget(id)
}

// Kept is how many streams something is kept of. When none is under way, it is 0.
func (v *VM) Kept() int { return len(v.streams.owners) + len(v.streams.kept) }

// stranger answers a request of which no plugin knows, so that nothing passes
// undecided. No proxy has been seen to send one.
func (v *VM) stranger() types.Action {
	v.host.Log(LogError, "sessiongate: the proxy has sent a request that belongs to no plugin")
	_ = v.host.SendResponse(policy.BareFailure().Answer)
	return types.ActionPause
}
