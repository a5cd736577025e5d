package remote

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/jwks"
)

// adopt takes over the published set. Until it has been read it counts as
// refused, so that one whose reading panics is not read again.
func (k *Keys) adopt(now time.Time, r record) {
	k.refused = r.status.Fetched
	set, err := jwks.Parse(r.set, jwks.Remote)
	if err != nil {
		k.report(Report{NotFetched, "the keys that another worker published cannot be used: " + err.Error()})
		return
	}
	k.replace(set, r.status.sensible(now, &k.source))
}

// fetch begins an attempt, unless another VM was faster to take the lease.
func (k *Keys) fetch(now time.Time, r record) {
	lease := k.begin(now)
	if !k.acquireLease(r, lease) {
		k.begun = time.Time{}
		return
	}
	k.attempt++
	attempt := k.attempt
	err := k.proxy.Dispatch(k.source.Cluster, k.source.fetchHeaders(), k.source.Timeout, func(a Answer) {
		if attempt == k.attempt { // else it took so long that another one was made
			k.answered(a)
		}
	})
	if err != nil {
		k.failed(now, fetched{outcome: FetchNotSent, why: "the proxy cannot reach the cluster " +
			strconv.Quote(k.source.Cluster) + "; define it, name another cluster in jwksCluster, or check whether it has a healthy endpoint"})
	}
}

// fetchHeaders are those of the request for the key set. What the configuration
// gives comes in place of ours, but for where the request goes.
func (s *Source) fetchHeaders() [][2]string {
	scheme, rest, _ := strings.Cut(s.URL, "://")
	end := strings.IndexAny(rest+"/", "/?")
	authority, path := rest[:end], "/"+strings.TrimPrefix(rest[end:], "/")
	headers := [][2]string{
		{":method", "GET"},
		{":scheme", scheme},
		{":authority", authority},
		{":path", path},
	}
	for _, ours := range [][2]string{{"accept", "application/json"}, {"user-agent", "sessiongate"}} {
		if !slices.ContainsFunc(s.Headers, func(given [2]string) bool { return strings.EqualFold(given[0], ours[0]) }) {
			headers = append(headers, ours)
		}
	}
	for _, header := range s.Headers {
		headers = append(headers, [2]string{strings.ToLower(header[0]), header[1]})
	}
	return headers
}

// answered ends the own attempt. It ends, as failed, also if reading the answer
// panics: what cannot be read is not asked for again at once.
func (k *Keys) answered(a Answer) {
	f := fetched{outcome: FetchUnusable, why: "the answer could not be read"}
	defer func() {
		if now := k.proxy.Now(); f.set == nil {
			k.failed(now, f)
		} else {
			k.succeeded(now, f)
		}
	}()
	f = readAnswer(a)
}

func (k *Keys) succeeded(now time.Time, f fetched) {
	before := k.set
	k.succeed(now, f.set, f.maxAge)
	k.spread = k.proxy.Random()
	k.publish(f.body)
	report := Report{Outcome: f.outcome}
	if text := describe(f.set); before == nil || text != describe(before) {
		report.Text = "its keys are now " + text
	}
	k.report(report)
}

func (k *Keys) failed(now time.Time, f fetched) {
	k.fail(now, k.proxy.Random())
	k.publishFailure()
	text := "its keys could not be fetched: " + f.why + "; the next attempt is in " + seconds(k.status.Retry.Sub(now))
	if k.set == nil {
		text += ", until then no token of this provider can be verified"
	} else {
		text += ", the keys in use are " + seconds(k.age(now)) + " old"
	}
	k.report(Report{f.outcome, text})
}
