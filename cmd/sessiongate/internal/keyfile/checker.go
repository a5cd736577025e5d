package keyfile

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"time"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// Checker verifies tokens for a policy with these keys, at a time. Assertions of
// the policy are signed with a key that is thrown away.
func (k Keys) Checker(p *policy.Policy, now time.Time) (*session.Checker, error) {
	c := &session.Checker{Now: now, Verifier: jwt.Go{}, Keys: k.Of}
	if p.Assertion == nil {
		return c, nil
	}
	key, err := throwAway()
	if err != nil {
		return nil, err
	}
	c.Assertions = assertion.New(*p.Assertion, assertion.GoSigner{Key: key, Random: random}, key, nil)
	p.PublishKeys(c.Assertions.KeySet)
	return c, nil
}

// random is what keys sign with here.
func random(to []byte) error {
	_, err := rand.Read(to)
	return err
}

func throwAway() (*assertion.Key, error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, err
	}
	return assertion.ParseKey(string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
}
