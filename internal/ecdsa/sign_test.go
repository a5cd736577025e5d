package ecdsa

import (
	"bytes"
	stdecdsa "crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/big"
	"testing"
	"testing/iotest"
)

func from(r io.Reader) Random {
	return func(b []byte) error {
		_, err := io.ReadFull(r, b)
		return err
	}
}

// TestSign signs, and has Go's package verify.
func TestSign(t *testing.T) {
	for i, number := range scalars(t, P256) {
		their := pairOf(t, P256, number)
		k, err := NewPrivateKey(pad(number, 32))
		if err != nil {
			t.Fatal(err)
		}
		hash := sha256.Sum256([]byte{byte(i)})
		for _, hash := range [][32]byte{hash, {}, {31: 1}, [32]byte(bytes.Repeat([]byte{255}, 32)), [32]byte(pad(P256.parameters().N, 32))} {
			signature, err := k.Sign(from(rand.Reader), hash)
			if err != nil {
				t.Fatal(err)
			}
			r, s := signature[:32], signature[32:]
			if !stdecdsa.Verify(&their.private.PublicKey, hash[:], new(big.Int).SetBytes(r), new(big.Int).SetBytes(s)) || !k.Public().Verify(hash[:], r, s) {
				t.Fatalf("key %x, hash %x: the signature is wrong", number, hash)
			}
		}
	}
}

// TestSignRepeatedRandom: a host whose random numbers repeat, as those of a VM
// without a source of its own do, must not give the key away. It would if two
// hashes were signed with one secret number, which r shows.
func TestSignRepeatedRandom(t *testing.T) {
	keys := []*PrivateKey{}
	for number := range int64(2) {
		k, err := NewPrivateKey(pad(big.NewInt(12345+number), 32))
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, k)
	}
	seen := map[string]bool{}
	for _, k := range keys {
		for _, hash := range [][32]byte{{1}, {2}, {31: 1}} {
			for _, random := range []byte{0, 7, 255} {
				signature, err := k.Sign(func(b []byte) error { copy(b, bytes.Repeat([]byte{random}, len(b))); return nil }, hash)
				if err != nil {
					t.Fatal(err)
				}
				if r := string(signature[:32]); seen[r] {
					t.Errorf("hash %x, random bytes of %d: r comes again", hash[:], random)
				} else {
					seen[r] = true
				}
			}
		}
	}
}

func TestPrivateNumbers(t *testing.T) {
	n := P256.parameters().N
	for name, number := range map[string][]byte{
		"zero": make([]byte, 32), "the order": pad(n, 32), "above the order": pad(add(n, 1), 32), "all ones": bytes.Repeat([]byte{255}, 32),
		"short": pad(big.NewInt(1), 31), "long": pad(big.NewInt(1), 33), "none": nil,
	} {
		if _, err := NewPrivateKey(number); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	k, err := NewPrivateKey(pad(add(n, -1), 32))
	if err != nil {
		t.Fatal(err)
	}
	for name, random := range map[string]io.Reader{
		"no random numbers": iotest.ErrReader(errors.New("none")), "too few": bytes.NewReader(make([]byte, 31)),
	} {
		if _, err := k.Sign(from(random), [32]byte{1}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if text := fmt.Sprintf("%v %+v %#v %s", k, k, k, k); text != "[key] [key] [key] [key]" {
		t.Errorf("a key prints as %s", text)
	}
}

func BenchmarkSign(b *testing.B) {
	k, err := NewPrivateKey(pad(big.NewInt(12345), 32))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := k.Sign(from(rand.Reader), [32]byte{1}); err != nil {
			b.Fatal(err)
		}
	}
}
