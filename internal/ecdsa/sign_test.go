package ecdsa

import (
	"bytes"
	"crypto"
	stdecdsa "crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/asn1"
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

// TestSignKnown signs without random bytes, as RFC 6979 does in its appendix A.2.5,
// and as Go's package does then.
func TestSignKnown(t *testing.T) {
	for _, row := range known {
		if row.curve != P256 {
			continue
		}
		k, err := NewPrivateKey(unhex(row.key))
		if err != nil {
			t.Fatal(err)
		}
		got, err := k.sign(nil, sha256.Sum256([]byte(row.message)))
		if want := append(unhex(row.r), unhex(row.s)...); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%q: %x, %v, want %x", row.message, got, err, want)
		}
	}
	for i, number := range scalars(t, P256) {
		k, err := NewPrivateKey(pad(number, 32))
		if err != nil {
			t.Fatal(err)
		}
		for _, hash := range [][32]byte{sha256.Sum256([]byte{byte(i)}), {}, {31: 1}, [32]byte(bytes.Repeat([]byte{255}, 32)), [32]byte(pad(P256.parameters().N, 32))} {
			der, err := pairOf(t, P256, number).private.Sign(nil, hash[:], crypto.SHA256)
			if err != nil {
				t.Fatal(err)
			}
			var want struct{ R, S *big.Int }
			if _, err := asn1.Unmarshal(der, &want); err != nil {
				t.Fatal(err)
			}
			got, err := k.sign(nil, hash)
			if err != nil || !bytes.Equal(got, append(pad(want.R, 32), pad(want.S, 32)...)) {
				t.Errorf("key %x, hash %x: %x, %v", number, hash, got, err)
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
					t.Errorf("hash %x, random bytes of %d: %v", hash, random, err)
					continue
				}
				r := string(signature[:32])
				if seen[r] {
					t.Errorf("hash %x, random bytes of %d: r comes again", hash, random)
				}
				seen[r] = true
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
