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

	"github.com/sessiongate/sessiongate/jwa"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
	"github.com/sessiongate/sessiongate/jwt/jwttest"
)

func main() {
	tools := flag.String("tools", ".tools", "folder for Envoy, where it has to be fetched")
	onlyGo := flag.Bool("go", false, "measure Go on this machine only, without Envoy")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *tools, *onlyGo); err != nil {
		fmt.Fprintln(os.Stderr, "bench/jwt:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, tools string, onlyGo bool) error {
	samples := make([]sample, 0, 10)
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

// sample is a signature that is right.
type sample struct {
	Algorithm string `json:"alg"`
	Keys      string `json:"jwks"`
	Signed    string `json:"signed"`
	Signature []byte `json:"signature"`

	verify func() bool
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
