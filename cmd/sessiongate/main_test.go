package main

import (
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
)

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"check"}, {"check", "--nope", "a"}, {"explain", "a"}, {"nope"}} {
		if status, _, _ := commandtest.Run(t, newRootCommand(), nil, args...); status != 2 {
			t.Errorf("%v: exit status %d", args, status)
		}
	}
}
