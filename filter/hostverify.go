package filter

import (
	"encoding/binary"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// verifier is the jwt.Verifier of a VM: the host's where it was found to work,
// Go's otherwise, for PS* and for EdDSA.
type verifier struct {
	host     Host
	metrics  *metrics
	rsa, ec  bool // in the host
	argument []byte
}

var _ jwt.Verifier = (*verifier)(nil)

// foreignVerify is Envoy's foreign function. Its argument is a protobuf
// message: 1 the hash function's name, 2 the key as DER SubjectPublicKeyInfo,
// 3 the signature, for ECDSA in DER, 4 the text. The result is one too: 1
// whether it is right, 2 a text if not.
const foreignVerify = "verify_signature"

// verifiers names for people who verifies, by whether the host does with RSA
// and with ECDSA.
var verifiers = map[[2]bool]string{
	{true, true}:   "the proxy (RS*, ES*) and Go (PS*, EdDSA)",
	{true, false}:  "the proxy (RS*) and Go",
	{false, true}:  "the proxy (ES*) and Go",
	{false, false}: "Go; the proxy has no function verify_signature",
}

// NewVerifier is the verifier that the filter uses, for modules that verify
// without the rest of it. It asks the host and writes a log line at once, and
// counts in the filter's metrics.
func NewVerifier(host Host) jwt.Verifier { return newVerifier(host, newMetrics(host)) }

// newVerifier finds out, by known signatures that are right and wrong, what
// the host can do.
func newVerifier(host Host, m *metrics) *verifier {
	v := &verifier{host: host, metrics: m}
	how := "Go, as SESSIONGATE_VERIFY says"
	if host.Environment("SESSIONGATE_VERIFY") != "go" {
		v.rsa = v.works(jwa.RS256, probeRSA)
		v.ec = v.works(jwa.ES256, probeEC)
		how = verifiers[[2]bool{v.rsa, v.ec}]
	}
	host.Log(LogInfo, "sessiongate: signatures are verified by "+how)
	m.inHost.record(oneIf(v.rsa || v.ec))
	return v
}

// works reports whether the host takes a right signature for right and a wrong
// one for wrong.
func (v *verifier) works(alg jwa.Algorithm, p probe) bool {
	key, signature := unbase64(p.key), unbase64(p.sig)
	right, err := v.ask(alg, key, probeText, signature)
	if err != nil || !right {
		return false
	}
	wrong, err := v.ask(alg, key, probeText+".", signature)
	return err == nil && !wrong
}

// Verify implements jwt.Verifier.
func (v *verifier) Verify(alg jwa.Algorithm, key *jwks.Key, signed string, signature []byte) bool {
	if (v.rsa && alg.IsPKCS1() || v.ec && alg.IsECDSA()) && key.Algorithms.Has(alg) {
		if ok, err := v.ask(alg, key.SPKI, signed, signature); err == nil {
			v.metrics.verifications[byHost].add(1)
			return ok
		}
	}
	v.metrics.verifications[byGo].add(1)
	return jwt.Go{}.Verify(alg, key, signed, signature)
}

// ask has the host verify one signature, in the form of JWS. The error says
// that the host could not be asked.
func (v *verifier) ask(alg jwa.Algorithm, spki []byte, signed string, signature []byte) (bool, error) {
	if alg.IsECDSA() {
		if len(signature) != alg.SignatureSize() {
			return false, nil
		}
		signature, _ = jwa.ECDSADER(signature)
	}
	v.argument = appendField(v.argument[:0], 1, alg.HashName())
	v.argument = appendField(v.argument, 2, spki)
	v.argument = appendField(v.argument, 3, signature)
	v.argument = appendField(v.argument, 4, signed)
	result, err := v.host.CallForeign(foreignVerify, v.argument)
	if err != nil {
		return false, err
	}
	right, _ := readResult(result)
	return right, nil
}

// The kinds of fields of a protobuf message that are used here.
const (
	wireVarint = 0
	wireBytes  = 2
)

// appendField appends a string or bytes field of a protobuf message.
func appendField[T string | []byte](message []byte, number byte, value T) []byte {
	message = append(message, number<<3|wireBytes)
	message = binary.AppendUvarint(message, uint64(len(value)))
	return append(message, value...)
}

// readResult reports whether field 1 of a protobuf message is true, and gives
// field 2, which is bytes. Of several the last counts; what is no message is
// false.
func readResult(message []byte) (result bool, data []byte) {
	for len(message) > 0 {
		tag, n := binary.Uvarint(message)
		value, m := binary.Uvarint(message[max(n, 0):])
		if n <= 0 || m <= 0 {
			return false, nil
		}
		message = message[n+m:]
		switch kind := tag & 7; {
		case kind == wireVarint:
			if tag>>3 == 1 {
				result = value == 1
			}
		case kind == wireBytes && value <= uint64(len(message)):
			if tag>>3 == 2 {
				data = message[:value]
			}
			message = message[value:]
		default:
			return false, nil
		}
	}
	return result, data
}
