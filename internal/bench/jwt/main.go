package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

func main() {
	tools := flag.String("tools", ".tools", "folder for Envoy, where it has to be fetched")
	onlyGo := flag.Bool("go", false, "measure Go on this machine only, without Envoy")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *tools, *onlyGo); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, tools string, onlyGo bool) error {
	samples := []sample{parseSample()}
	for _, alg := range jwttest.Algorithms() {
		samples = append(samples, newSample(alg))
	}
	configuration, err := json.Marshal(samples)
	if err != nil {
		return err
	}
	ask := func(string) (inEnvoy, error) { return inEnvoy{}, nil }
	if !onlyGo {
		var end func()
		if ask, end, err = start(ctx, tools, string(configuration)); err != nil {
			return err
		}
		defer end()
	}
	fmt.Println("microseconds   Envoy's crypto   Go in Envoy (Wasm)   Go, native   allocations in Go")
	for i := range samples {
		s := &samples[i]
		measured, err := ask(s.Algorithm)
		if err != nil {
			return err
		}
		native := s.native()
		fmt.Printf("%-12s %16s %20s %12s %19d\n", s.Algorithm,
			microseconds(measured.Host), microseconds(measured.Go), microseconds(float64(native.NsPerOp())), native.AllocsPerOp())
	}
	return nil
}

// microseconds writes nanoseconds as such; what was not measured is a dash.
func microseconds(nanoseconds float64) string {
	if nanoseconds == 0 {
		return "-"
	}
	return strconv.FormatFloat(nanoseconds/1000, 'f', 0, 64)
}

// sample is a signature that is right or, under the name of parse, a token.
type sample struct {
	Algorithm string `json:"alg"`
	Token     string `json:"token,omitempty"`
	Keys      string `json:"jwks"`
	Signed    string `json:"signed"`
	Signature []byte `json:"signature"`

	verify func() bool
}

const parse = "parse"

// parseSample is a token of a session vendor's shape and size, only to be read.
func parseSample() sample {
	token := jwttest.Sign(jwttest.NewKey(jwa.RS256, "bench"), map[string]any{"typ": "JWT", "cat": "cl_B7d4PD111AAA"}, map[string]any{
		"iss": "https://clerk.example.com", "sub": "user_2b3c4d5e6f7g8h9i0j1k2l3m4n5", "azp": "https://app.example.com",
		"exp": 1800000060, "nbf": 1799999990, "iat": 1800000000, "sid": "sess_2b3c4d5e6f7g8h9i0j1k2l3m4n5", "v": 2, "sts": "active",
		"jti": "0123456789abcdef0123", "fva": []int{0, -1}, "fea": "o:dashboard,o:teams",
		"o": map[string]any{"id": "org_2b3c4d5e6f7g8h9i0j1k2l3m4n5", "rol": "admin", "slg": "example", "per": "manage,read", "fpm": "3,2"},
	})
	return sample{Algorithm: parse, Token: token, verify: func() bool {
		_, r := jwt.Parse(jwt.Token(token), 8192)
		return r == reason.None
	}}
}

// newSample signs a text as long as a session token.
func newSample(alg jwa.Algorithm) sample {
	key := jwttest.NewKey(alg, "bench")
	s := sample{Algorithm: alg.Name(), Keys: jwttest.JWKSet(key), Signed: fmt.Sprintf("%0800d", 1)}
	s.Signature = jwttest.Signature(key, s.Signed)
	set, err := jwks.Parse([]byte(s.Keys), jwks.Inline)
	if err != nil {
		panic(err)
	}
	s.verify = func() bool { return jwt.Go{}.Verify(alg, set.Keys[0], s.Signed, s.Signature) }
	return s
}

func (s *sample) native() testing.BenchmarkResult {
	return testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if !s.verify() {
				b.Fatal("does not verify")
			}
		}
	})
}
