package idp

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
)

// Key is a key pair that signs tokens.
type Key struct {
	ID        string
	Algorithm string // "RS256", ... "EdDSA": what it signs with unless told otherwise
	Private   crypto.Signer
}

// NewKey makes a key for a JWS algorithm: RSA of 2048 bits, the curve of the
// algorithm, or Ed25519.
func NewKey(id, algorithm string) (*Key, error) {
	var private crypto.Signer
	var err error
	switch algorithm {
	case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512":
		private, err = rsa.GenerateKey(rand.Reader, 2048)
	case "ES256":
		private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case "ES384":
		private, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case "ES512":
		private, err = ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	case "EdDSA", "Ed25519":
		_, private, err = ed25519.GenerateKey(rand.Reader)
	default:
		err = fmt.Errorf("no such algorithm: %q", algorithm)
	}
	if err != nil {
		return nil, err
	}
	return &Key{ID: id, Algorithm: algorithm, Private: private}, nil
}

// JWK is the public half (RFC 7517), without "kid" if the key has no ID.
func (k *Key) JWK() map[string]any {
	jwk := map[string]any{"alg": k.Algorithm, "use": "sig"}
	if k.ID != "" {
		jwk["kid"] = k.ID
	}
	switch public := k.Private.Public().(type) {
	case *rsa.PublicKey:
		jwk["kty"] = "RSA"
		jwk["n"] = b64(public.N.Bytes())
		jwk["e"] = b64(big.NewInt(int64(public.E)).Bytes())
	case *ecdsa.PublicKey:
		point, err := public.Bytes() // 4, x, y
		if err != nil {
			panic(err)
		}
		size := len(point) / 2
		jwk["kty"], jwk["crv"] = "EC", public.Params().Name
		jwk["x"], jwk["y"] = b64(point[1:1+size]), b64(point[1+size:])
	case ed25519.PublicKey:
		jwk["kty"], jwk["crv"] = "OKP", "Ed25519"
		jwk["x"] = b64(public)
	}
	return jwk
}

// SPKI is the public half as DER SubjectPublicKeyInfo.
func (k *Key) SPKI() []byte {
	der, err := x509.MarshalPKIXPublicKey(k.Private.Public())
	if err != nil {
		panic(err)
	}
	return der
}

// PEM is the public half as a PEM block of SubjectPublicKeyInfo.
func (k *Key) PEM() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: k.SPKI()}))
}

// Sign is the signature of input as a JWS has it. Beside its own algorithm
// the key can be made to sign as a forger would: "none" is no signature, and
// HS256 an HMAC under the public key's PEM.
func (k *Key) Sign(algorithm, input string) []byte {
	switch strings.ToUpper(algorithm) {
	case "NONE":
		return nil
	case "HS256":
		mac := hmac.New(sha256.New, []byte(k.PEM()))
		mac.Write([]byte(input))
		return mac.Sum(nil)
	}
	var signature []byte
	var err error
	switch private := k.Private.(type) {
	case *rsa.PrivateKey:
		hash, digest := sum(algorithm, input)
		var opts crypto.SignerOpts = hash
		if strings.HasPrefix(algorithm, "PS") {
			opts = &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: hash}
		}
		signature, err = private.Sign(rand.Reader, digest, opts)
	case *ecdsa.PrivateKey:
		_, digest := sum(algorithm, input)
		var r, s *big.Int
		if r, s, err = ecdsa.Sign(rand.Reader, private, digest); err == nil {
			size := (private.Params().BitSize + 7) / 8
			signature = make([]byte, 2*size)
			r.FillBytes(signature[:size])
			s.FillBytes(signature[size:])
		}
	case ed25519.PrivateKey:
		signature = ed25519.Sign(private, []byte(input))
	}
	if err != nil {
		panic(err)
	}
	return signature
}

// Token is a compact JWS. The header's "alg" decides how it is signed.
func (k *Key) Token(header, claims map[string]any) string {
	return k.TokenOf(header, encode(claims))
}

// TokenOf is a compact JWS with any bytes as its payload.
func (k *Key) TokenOf(header map[string]any, payload []byte) string {
	algorithm, _ := header["alg"].(string)
	input := b64(encode(header)) + "." + b64(payload)
	return input + "." + b64(k.Sign(algorithm, input))
}

func sum(algorithm, input string) (crypto.Hash, []byte) {
	hash := crypto.SHA256
	switch {
	case strings.HasSuffix(algorithm, "384"):
		hash = crypto.SHA384
	case strings.HasSuffix(algorithm, "512"):
		hash = crypto.SHA512
	}
	h := hash.New()
	h.Write([]byte(input))
	return hash, h.Sum(nil)
}

func encode(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

func b64(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }
