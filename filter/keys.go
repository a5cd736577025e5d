package filter

import (
	"strconv"
	"time"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
)

// keys are the keys of one provider that are fetched: the schedule carried
// out, and the requests that wait for it. Everything happens on the plugin's
// tick and when a call is answered, in the plugin's own context: a call that a
// request's context dispatched would end with that request.
type keys struct {
	plugin   *plugin
	host     Host
	provider *session.Provider
	schedule *jwks.Schedule
	shared   *sharedKeys // nil: every VM for itself

	waiting []*stream
	seen    jwks.Snapshot // what those that wait were last decided by
	next    time.Time     // when something is due
	watch   bool          // somebody is fetching
	attempt int           // the number of the latest own one
}

func newKeys(p *plugin, provider *session.Provider, share bool) *keys {
	remote := provider.Remote
	k := &keys{plugin: p, host: p.host, provider: provider, schedule: jwks.NewSchedule(jwks.Timing{
		RefreshInterval:    remote.RefreshInterval,
		Timeout:            remote.Timeout,
		MaxStale:           remote.MaxStale,
		UnknownKeyInterval: remote.UnknownKeyInterval,
	})}
	if share {
		k.shared = newSharedKeys(p.host, remote)
	}
	return k
}

// prepare takes over what other VMs have published already, and makes the
// shared record if there is none. It takes no lease.
func (k *keys) prepare() {
	if k.shared == nil {
		return
	}
	r := k.shared.read()
	if !r.there {
		k.shared.create()
		return
	}
	now := k.host.Now()
	if k.schedule.Next(now, r.status).Do == jwks.ActionAdopt {
		k.adopt(now, r)
	}
}

// tick does what is due, and tells those who wait what has come of it.
func (k *keys) tick(now time.Time) {
	k.step(now)
	k.changed(k.host.Now())
}

// step does what the schedule says. Losing a race for the lease, or taking
// over a published set, leads to asking it again. The clock is read after the
// record: what another thread has just written would else be from the future.
func (k *keys) step(now time.Time) {
	defer k.plugin.recovered("OnTick")
	k.next, k.watch = now.Add(shortTick), true
	for range 3 {
		var r sharedRecord
		if k.shared != nil {
			r = k.shared.read()
			now = k.host.Now()
		}
		switch step := k.schedule.Next(now, r.status); step.Do {
		case jwks.ActionAdopt:
			k.adopt(now, r)
		case jwks.ActionFetch:
			if k.fetch(now, r) {
				return
			}
		case jwks.ActionWait:
			k.next, k.watch = step.Until, step.Watch
			return
		}
	}
}

// changed tells those who wait, if there is something new to tell.
func (k *keys) changed(now time.Time) {
	defer k.plugin.recovered("OnTick")
	snapshot := k.schedule.Snapshot(now)
	all := snapshot != k.seen
	k.seen = snapshot
	k.settle(now, all)
	set := k.schedule.Set()
	if set != nil {
		k.plugin.metrics.keys(k.provider, len(set.Keys))
		k.plugin.metrics.keysAge(k.provider, k.schedule.Age(now))
	}
}

// want notes that a request lacks a key.
func (k *keys) want(now time.Time) {
	k.schedule.Want()
	if !k.watch && k.schedule.Snapshot(now).OnMissing == jwks.OnMissingFetch && now.Before(k.next) {
		k.next = now
		k.plugin.setTick(k.plugin.nextTick(now))
	}
}

// adopt takes over the published set.
func (k *keys) adopt(now time.Time, r sharedRecord) {
	set, err := jwks.Parse(r.set, jwks.Remote)
	if err != nil {
		k.schedule.Refused(r.status)
		k.log(LogWarn, "what other workers have published as its keys cannot be used: "+err.Error())
		return
	}
	k.schedule.Adopted(now, set, r.status)
}

// fetch begins an attempt, unless another VM was faster to take the lease.
func (k *keys) fetch(now time.Time, r sharedRecord) bool {
	lease := k.schedule.Begin(now)
	if k.shared != nil && !k.shared.take(r, lease) {
		k.schedule.Abandon()
		return false
	}
	k.attempt++
	attempt := k.attempt
	k.next = now.Add(longTick)
	err := k.host.Dispatch(k.provider.Remote.Cluster, fetchHeaders(k.provider.Remote), k.provider.Remote.Timeout,
		func(headers, bodySize int) { k.answered(attempt, headers, bodySize) })
	if err != nil {
		k.failed(now, answer{result: fetchNotSent, why: "the proxy cannot reach the cluster " +
			strconv.Quote(k.provider.Remote.Cluster) + "; define it, name another one in jwksCluster, or see whether it has a healthy endpoint"})
	}
	return true
}

// answered is called when an attempt has ended.
func (k *keys) answered(attempt, headers, bodySize int) {
	defer k.plugin.recovered("the answer with keys")
	if attempt != k.attempt {
		return // it took so long that another one was made
	}
	now := k.host.Now()
	if a := k.read(headers, bodySize); a.set == nil {
		k.failed(now, a)
	} else {
		k.succeeded(now, a)
	}
	k.changed(now)
	k.step(now)
	k.plugin.setTick(k.plugin.nextTick(now))
}

// read reads the answer. A panic in there counts as an answer that cannot be
// used, so that it is not asked for again at once.
func (k *keys) read(headers, bodySize int) (a answer) {
	defer func() {
		if panicked := recover(); panicked != nil {
			k.plugin.vm.noted("the answer with keys", panicked)
			a = answer{result: fetchUnusable, why: "the answer could not be read"}
		}
	}()
	return readAnswer(k.host, headers, bodySize)
}

func (k *keys) succeeded(now time.Time, a answer) {
	before := k.schedule.Set()
	status := k.schedule.Succeed(now, a.set, a.maxAge, a.hasMaxAge)
	if k.shared != nil {
		k.shared.publish(status, a.body)
	}
	k.plugin.metrics.fetched(k.provider, a.result)
	if text := describe(a.set); before == nil || text != describe(before) {
		k.log(LogInfo, "its keys are now "+text)
	}
}

func (k *keys) failed(now time.Time, a answer) {
	status := k.schedule.Fail(now, k.host.Random())
	if k.shared != nil {
		k.shared.fail(status)
	}
	k.next, k.watch = status.Retry, false
	k.plugin.metrics.fetched(k.provider, a.result)
	text := "its keys could not be fetched: " + a.why + "; the next attempt is in " +
		seconds(status.Retry.Sub(now))
	if k.schedule.Set() == nil {
		text += ", until then nobody can be signed in"
	} else {
		text += ", the present ones are " + seconds(k.schedule.Age(now)) + " old"
	}
	k.log(LogWarn, text)
}

// stop gives a lease back.
func (k *keys) stop() {
	for len(k.waiting) > 0 {
		k.waiting[0].stopWaiting()
	}
	if k.shared != nil && k.schedule.Fetching(k.host.Now()) {
		k.shared.release()
	}
	k.schedule.Abandon()
	k.attempt++ // what is still under way is nobody's
}
