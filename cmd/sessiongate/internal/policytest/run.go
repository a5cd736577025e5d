package policytest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/explain"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/keyfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/requestfile"
	"github.com/sessiongate/sessiongate/internal/policy"
)

// suite is a file of tests, ready to run.
type suite struct {
	file    file
	policy  *policy.Policy
	issuers map[string]*issuer
	keys    keyfile.Keys
	now     time.Time
}

// result is what has come of a row.
type result struct {
	row     row
	wrong   []string // what is not as expected; none: the row is fine
	summary string   // of the decision
	rule    string
	took    time.Duration
	err     error // the row itself is wrong
}

func newSuite(f file, p *policy.Policy, now time.Time) (*suite, error) {
	issuers, keys, err := issuersOf(p)
	if err != nil {
		return nil, err
	}
	return &suite{f, p, issuers, keys, f.At.from(now)}, nil
}

// run decides about the request of a row, and compares.
func (s *suite) run(r row) (out result) {
	begin := time.Now()
	defer func() { out.took = time.Since(begin) }()
	out.row = r
	now := r.At.from(s.now)
	given, err := s.request(r)
	if err != nil {
		out.err = err
		return out
	}
	keys, err := s.keysFor(r)
	if err != nil {
		out.err = err
		return out
	}
	e, err := explain.New(s.policy, given, keys, now)
	if err != nil {
		out.err = err
		return out
	}
	out.summary, out.rule = e.Summary(), e.Decision.Rule
	out.wrong = r.Expect.compare(&e.Decision, given.Headers)
	return out
}

// request makes the request of a row, with its token.
func (s *suite) request(r row) (given requestfile.Request, err error) {
	text := r.Request
	for name := range s.file.Tokens {
		if !strings.Contains(text, "{"+name+"}") {
			continue
		}
		_, _, token, err := s.make(tokenSpec{Like: name})
		if err != nil {
			return given, err
		}
		text = strings.ReplaceAll(text, "{"+name+"}", token)
	}
	if given, err = requestfile.Parse([]byte(text), 0); err != nil || r.Token == nil {
		return given, err
	}
	spec, i, token, err := s.make(*r.Token)
	if err != nil {
		return given, err
	}
	given.Headers, err = i.put(given.Headers, spec, token)
	return given, err
}

// make makes a token, of the only provider unless another is named. It is issued
// at the time of the file, also where a row has another one.
func (s *suite) make(t tokenSpec) (spec tokenSpec, i *issuer, token string, err error) {
	if spec, err = s.file.resolved(t, 0); err != nil {
		return spec, nil, "", err
	}
	name := spec.Provider
	if name == "" && len(s.issuers) == 1 {
		name = s.policy.Providers[0].Name
	}
	i, is := s.issuers[name]
	if !is {
		wrong := fmt.Sprintf("provider %q is not in the policy", name)
		if name == "" {
			wrong = "provider: missing, and the policy has several"
		}
		return spec, nil, "", fmt.Errorf("token: %s; write one of %s", wrong, strings.Join(slices.Sorted(maps.Keys(s.issuers)), ", "))
	}
	token, err = i.token(spec, s.now)
	return spec, i, token, err
}

// keysFor are the keys, without those that the row takes away.
func (s *suite) keysFor(r row) (keyfile.Keys, error) {
	keys := maps.Clone(s.keys)
	lack := r.KeysUnavailable.some
	if r.KeysUnavailable.all {
		lack = slices.Sorted(maps.Keys(s.keys))
	}
	for _, name := range lack {
		if _, is := s.keys[name]; !is {
			return nil, fmt.Errorf("keysUnavailable: %q fetches no keys; write one of %s, or true", name, strings.Join(slices.Sorted(maps.Keys(s.keys)), ", "))
		}
	}
	return keys, keys.Lack(lack, s.policy.Providers)
}

// compare says what is not as expected.
func (e *expectation) compare(d *policy.Decision, sent [][2]string) (wrong []string) {
	differs := func(what string, got, want any) {
		if got != want {
			wrong = append(wrong, fmt.Sprintf("%s: %v, want %v", what, got, want))
		}
	}
	passes := d.Outcome == policy.Forward
	if e.Passes != nil {
		differs("passes", passes, *e.Passes)
	}
	if e.Outcome != "" {
		differs("outcome", d.Label.String(), e.Outcome)
	}
	if e.Status != 0 {
		status := 200 // whatever the backend says
		if !passes {
			status = d.Answer.Status
		}
		differs("status", status, e.Status)
	}
	if e.Reason != nil {
		differs("reason", d.Reason.String(), *e.Reason)
	}
	if e.Rule != "" {
		differs("rule", d.Rule, e.Rule)
	}
	if e.Provider != "" {
		name := ""
		if d.Provider != nil {
			name = d.Provider.Name
		}
		differs("provider", name, e.Provider)
	}
	if len(e.Backend) > 0 && !passes {
		wrong = append(wrong, "backend: the request does not reach it")
	} else {
		wrong = append(wrong, compareHeaders("backend", atBackend(sent, d), e.Backend)...)
	}
	return append(wrong, compareHeaders("answer", d.Answer.Headers, e.Answer)...)
}

// atBackend are the headers after the decision's changes.
func atBackend(sent [][2]string, d *policy.Decision) [][2]string {
	headers := slices.Clone(sent)
	for _, edit := range d.Changes() {
		if edit.Op != policy.Add {
			headers = slices.DeleteFunc(headers, func(h [2]string) bool { return h[0] == edit.Name })
		}
		if edit.Op != policy.Remove {
			headers = append(headers, [2]string{edit.Name, edit.Value})
		}
	}
	return headers
}

func compareHeaders(where string, headers [][2]string, want map[string]*string) (wrong []string) {
	for _, name := range slices.Sorted(maps.Keys(want)) {
		var got []string
		for _, h := range headers {
			if h[0] == strings.ToLower(name) {
				got = append(got, h[1])
			}
		}
		switch {
		case want[name] == nil && len(got) > 0:
			wrong = append(wrong, fmt.Sprintf("%s: %s is there, want none", where, name))
		case want[name] != nil && len(got) == 0:
			wrong = append(wrong, fmt.Sprintf("%s: %s is not there, want %q", where, name, *want[name]))
		case want[name] != nil && *want[name] != "*" && strings.Join(got, ", ") != *want[name]:
			wrong = append(wrong, fmt.Sprintf("%s: %s: %q, want %q", where, name, strings.Join(got, ", "), *want[name]))
		}
	}
	return wrong
}
