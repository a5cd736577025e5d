package filter

import (
	"errors"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/jwa"
)

// signer is the assertion.Signer of one plugin: the host where it was found to
// sign with the plugin's key, else Go.
type signer struct {
	host     Host
	metrics  *metrics
	key      *assertion.Key
	inHost   bool
	argument []byte // for the host; the text is appended to it
}

var _ assertion.Signer = (*signer)(nil)

// foreignSign is the foreign function of Envoy 1.37 and later. Its argument is a
// protobuf message: 1 the hash function's name, 2 the private key as DER PKCS #8,
// 3 the text. The result is one too: 1 whether it was signed, 2 the signature,
// of ECDSA in DER, 3 a text if not.
const foreignSign = "sign"

// newSigner finds out whether the host signs with a key: Go has to verify what
// it makes.
func newSigner(host Host, m *metrics, key *assertion.Key) *signer {
	s := &signer{host: host, metrics: m, key: key}
	how := "Go, as SESSIONGATE_SIGN says"
	if host.Environment("SESSIONGATE_SIGN") != "go" {
		s.argument = appendField(s.argument, 1, jwa.ES256.HashName())
		s.argument = appendField(s.argument, 2, key.PKCS8)
		signature, err := s.ask(probeText)
		s.inHost = err == nil && key.Verify(probeText, signature)
		how = "the proxy"
		if !s.inHost {
			how = "Go; the proxy has no function sign"
		}
	}
	host.Log(LogInfo, "sessiongate: assertions are signed by "+how+", with the key "+key.ID)
	return s
}

// Sign implements assertion.Signer.
func (s *signer) Sign(signed string) ([]byte, error) {
	if s.inHost {
		if signature, err := s.ask(signed); err == nil {
			s.metrics.assertions[byHost].add(1)
			return signature, nil
		}
	}
	s.metrics.assertions[byGo].add(1)
	return s.key.Sign(s.host.RandomBytes, signed)
}

var errNotSigned = errors.New("the proxy has not signed")

// ask has the host sign. The error says that it has not.
func (s *signer) ask(signed string) ([]byte, error) {
	argument := appendField(s.argument, 3, signed)
	s.argument = argument[:len(s.argument)]
	result, err := s.host.CallForeign(foreignSign, argument)
	if err != nil {
		return nil, err
	}
	done, der := readResult(result)
	signature, ok := jwa.ECDSARaw(der, jwa.ES256.SignatureSize()/2)
	if !done || !ok {
		return nil, errNotSigned
	}
	return signature, nil
}
