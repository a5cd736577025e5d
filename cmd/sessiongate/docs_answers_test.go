package main

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// TestDocsAnswers: the problem+json that pages show is what the filter answers
// for its reason.
func TestDocsAnswers(t *testing.T) {
	shown := 0
	for _, block := range docBlocks(t, configurations) {
		var answer struct {
			Type, Title, Detail, Reason string
			Status                      int
		}
		if json.Unmarshal([]byte(block.text), &answer) != nil || answer.Type == "" {
			continue
		}
		shown++
		for _, why := range reason.All() {
			if why.String() != answer.Reason {
				continue
			}
			status := policy.StatusOf(why)
			if answer.Type != "about:blank" || answer.Status != status || answer.Title != http.StatusText(status) || answer.Detail != why.Error() {
				t.Errorf("%s: %+v; the filter answers %d with %q", block.at(), answer, status, why.Error())
			}
			answer.Reason = ""
		}
		if answer.Reason != "" {
			t.Errorf("%s: there is no reason %s", block.at(), answer.Reason)
		}
	}
	if shown < 2 {
		t.Errorf("%d answers", shown)
	}
}
