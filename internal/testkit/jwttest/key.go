// Package jwttest makes keys and tokens for tests.
//
// # Limits
//
// Every private key here can be derived from this source text. Nothing that it
// makes may be trusted outside tests, and nothing outside tests may import it.
package jwttest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha512"
	"hash/fnv"
	"math/big"
	"sync"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/jwa"
)

// Key is a private test key for one algorithm.
type Key struct {
	Algorithm jwa.Algorithm
	ID        string // "kid"; empty: none
	Private   crypto.Signer
}

// NewKey makes the test key of that name: one algorithm and kid always give the
// same key, different kids different ones. (RSA keys come out of a fixed stock;
// which of them a kid gets depends on the kids asked for before it in the same
// process, and past the stock they are made anew, slowly.)
func NewKey(alg jwa.Algorithm, kid string) *Key {
	return &Key{Algorithm: alg, ID: kid, Private: private(alg, kid)}
}

// Pair is the key as the demo's issuers have theirs.
func (k *Key) Pair() *idp.Key {
	return &idp.Key{ID: k.ID, Algorithm: k.Algorithm.Name(), Private: k.Private}
}

// Impostor is another key with the same algorithm and kid: for signatures that
// must not verify.
func (k *Key) Impostor() *Key {
	return &Key{Algorithm: k.Algorithm, ID: k.ID, Private: private(k.Algorithm, "impostor of "+k.ID)}
}

func private(alg jwa.Algorithm, name string) crypto.Signer {
	seed := sha512.Sum512([]byte("sessiongate test key " + name))
	switch alg.Curve() {
	case "":
		return rsaKey(name)
	case "P-256":
		return ecKey(elliptic.P256(), seed[:32])
	case "P-384":
		return ecKey(elliptic.P384(), seed[:48])
	case "P-521":
		return ecKey(elliptic.P521(), append([]byte{0, 0}, seed[:]...))
	default:
		return ed25519.NewKeyFromSeed(seed[:ed25519.SeedSize])
	}
}

func ecKey(curve elliptic.Curve, scalar []byte) *ecdsa.PrivateKey {
	key, err := ecdsa.ParseRawPrivateKey(curve, scalar)
	if err != nil {
		panic(err)
	}
	return key
}

var stock struct {
	sync.Mutex
	byName map[string]*rsa.PrivateKey
	taken  [len(testPrimes)]bool
}

// rsaKey takes the key whose place is the name's hash, or the next free one.
func rsaKey(name string) *rsa.PrivateKey {
	stock.Lock()
	defer stock.Unlock()
	if key := stock.byName[name]; key != nil {
		return key
	}
	if stock.byName == nil {
		stock.byName = make(map[string]*rsa.PrivateKey)
	}
	key := takeRSAKey(name)
	stock.byName[name] = key
	return key
}

func takeRSAKey(name string) *rsa.PrivateKey {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(name))
	first := int(hash.Sum32() % uint32(len(testPrimes)))
	for i := range testPrimes {
		if place := (first + i) % len(testPrimes); !stock.taken[place] {
			stock.taken[place] = true
			return rsaFromPrimes(testPrimes[place])
		}
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
}

func rsaFromPrimes(hex [2]string) *rsa.PrivateKey {
	one := big.NewInt(1)
	p, _ := new(big.Int).SetString(hex[0], 16)
	q, _ := new(big.Int).SetString(hex[1], 16)
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	key := &rsa.PrivateKey{Primes: []*big.Int{p, q}}
	key.N, key.E = new(big.Int).Mul(p, q), 65537
	key.D = new(big.Int).ModInverse(big.NewInt(65537), phi)
	key.Precompute()
	if err := key.Validate(); err != nil {
		panic(err)
	}
	return key
}
