package filter

import (
	"errors"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/policy"
)

// assertions makes what makes a policy's assertions, out of the keys in the
// VM's environment, and publishes their public parts; nil if the policy has
// none.
func (p *plugin) assertions(policy *policy.Policy) (*assertion.Maker, error) {
	s := policy.Assertion
	if s == nil {
		return nil, nil
	}
	key, err := p.signingKey(s.KeyEnv)
	if err != nil {
		return nil, err
	}
	if key == nil {
		return nil, errors.New("assertion.keyEnv: the environment of the VM has no variable " + s.KeyEnv +
			"; write a private key into it, and have the proxy pass it to the VM (Envoy: host_env_keys; Istio: valueFrom: HOST)")
	}
	next, err := p.signingKey(s.KeyEnv + assertion.NextKey)
	if err != nil {
		return nil, err
	}
	if next != nil {
		p.host.Log(LogInfo, "sessiongate: the next key of assertions is "+next.ID)
	}
	maker := assertion.New(*s, newSigner(p.host, p.vm.metrics, key), key, next)
	policy.PublishKeys(maker.KeySet)
	return maker, nil
}

// signingKey reads the key in a variable; nil if there is none.
func (p *plugin) signingKey(variable string) (*assertion.Key, error) {
	text := p.host.Environment(variable)
	if text == "" {
		return nil, nil
	}
	key, err := assertion.ParseKey(text)
	if err != nil {
		return nil, errors.New("assertion.keyEnv: the variable " + variable + " is " + err.Error())
	}
	return key, nil
}
