package explain

import (
	"io"
	"time"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// explanation is one request to explain.
type explanation struct {
	method   string
	headers  []string
	keyFiles []string
	plugin   string
	now      time.Time
}

func (e *explanation) explain(out io.Writer, rules *policy.Policy, url string) error {
	headers, err := e.request(url)
	if err != nil {
		return err
	}
	keys, err := e.keys(rules)
	if err != nil {
		return err
	}
	checker := &session.Checker{Now: e.now, Verifier: jwt.Go{}, Keys: func(p *session.Provider) jwks.Snapshot {
		if set := keys[p.Name]; set != nil {
			return jwks.Snapshot{Set: set, OnMissing: jwks.OnMissingRefuse}
		}
		return jwks.Snapshot{OnMissing: jwks.OnMissingFetch}
	}}
	d := rules.Decide(request.Read(headers), checker)
	printDecision(out, d)
	switch d.Outcome {
	case policy.Respond:
		return exit.Refused
	case policy.Wait:
		return exit.Failed
	}
	return nil
}
