package main

import (
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// TestForged: a forged token is refused for its signature and for nothing that
// is looked at before, or its verification would not be what is measured.
func TestForged(t *testing.T) {
	t.Chdir("../..")
	f, err := newForger()
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := config.Load([]byte(f.configuration()))
	if err != nil {
		t.Fatal(err)
	}
	requests, err := readDear(f)
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range requests {
		unlike := map[string]bool{}
		for _, v := range d.variants {
			unlike[string(v.HTTP1())] = true
		}
		if len(unlike) != len(d.variants) {
			t.Errorf("%s: %d of %d variants differ", name, len(unlike), len(d.variants))
		}
		if !strings.HasPrefix(name, "forged-") {
			continue
		}
		checker := &session.Checker{Now: time.Now(), Verifier: jwt.Go{}}
		got := loaded.Policy.Decide(request.Read(d.Lines()), checker)
		if got.Reason != reason.TokenInvalidSignature || len(d.variants) != costlyVariants {
			t.Errorf("%s: %v, %d variants", name, got, len(d.variants))
		}
	}
}
