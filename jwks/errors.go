package jwks

import "errors"

// What is wrong with a key set or a PEM key. The messages say what to do and
// hold nothing of the input.
var (
	ErrTooLarge     = errors.New("the key set is larger than 1 MiB")
	ErrNotJSON      = errors.New(`the key set is not a JSON object; a JWK Set looks like {"keys": [...]}`)
	ErrNoKeysMember = errors.New(`the key set has no list "keys"; a JWK Set looks like {"keys": [...]}`)
	ErrNoUsableKey  = errors.New("none of the keys in the set can verify signatures; RSA from 2048 to 8192 bits, EC P-256, P-384, P-521 and Ed25519 can")

	ErrNotPEM         = errors.New("not a PEM public key; it begins with -----BEGIN PUBLIC KEY----- or -----BEGIN RSA PUBLIC KEY-----")
	ErrPEMMoreThanOne = errors.New("more than one PEM block; give one public key, or a JWK Set")
	ErrPEMPrivateKey  = errors.New("a private key; give only its public key, and consider the private one disclosed")
	ErrPEMCertificate = errors.New("a certificate; give its public key instead (openssl x509 -pubkey -noout)")
	ErrPEMKeyType     = errors.New("a PEM key of a kind that is not supported; RSA, EC P-256, P-384, P-521 and Ed25519 are")
	ErrPEMMalformed   = errors.New("the PEM block does not hold a well-formed public key")
)

// What is wrong with one key.
var (
	errRSASize      = errors.New("an RSA key must have from 2048 to 8192 bits")
	errRSAModulus   = errors.New("the modulus of an RSA key must be odd")
	errRSAExponent  = errors.New("the exponent of an RSA key must be odd and from 3 to 2147483647")
	errECCoordinate = errors.New("the coordinates of an EC key must have exactly the size of its curve")
	errECPoint      = errors.New("the EC key is not a point of its curve")
	errEd25519Size  = errors.New("an Ed25519 key must have exactly 32 bytes")
	errEd25519Order = errors.New("the Ed25519 key is a point of small order: anyone can make signatures for it")
)
