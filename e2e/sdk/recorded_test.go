package sdk

import (
	"encoding/json"
	"os"
	"testing"
)

const recordedFile = "testdata/recorded.json"

// recording is what the SDK has answered.
type recording struct {
	Versions map[string]string `json:"versions"`
	Has      map[string]string `json:"has"` // by the name of the case, a word for each question
	Bodies   map[string]string `json:"bodies"`
}

func recorded(t *testing.T) (all recording) {
	t.Helper()
	text, err := os.ReadFile(recordedFile)
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		t.Fatal(err)
	}
	return all
}
