package scaffold

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// wellKnown is where an issuer's discovery document is (OpenID Connect Discovery
// 1.0 section 4).
const wellKnown = "/.well-known/openid-configuration"

// discover reads the URL of the key set out of an issuer's discovery document.
func discover(ctx context.Context, issuer string) (jwksURI string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	at := strings.TrimSuffix(issuer, "/") + wellKnown
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return "", errors.New("--issuer: not a URL")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		var failed *url.Error
		if errors.As(err, &failed) {
			err = failed.Err
		}
		return "", fmt.Errorf("the discovery document cannot be read: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the discovery document cannot be read: %s", response.Status)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return "", fmt.Errorf("the discovery document cannot be read: %w", err)
	}
	return parseDiscovery(body, issuer)
}

func parseDiscovery(body []byte, issuer string) (jwksURI string, err error) {
	var document struct {
		Issuer  string `json:"issuer"`
		JWKSURI string `json:"jwks_uri"`
	}
	if err := json.Unmarshal(body, &document); err != nil {
		return "", errors.New("the discovery document is not JSON")
	}
	switch {
	case document.Issuer != issuer:
		return "", fmt.Errorf("the discovery document is that of the issuer %q", document.Issuer)
	case document.JWKSURI == "":
		return "", errors.New("the discovery document has no jwks_uri")
	}
	return document.JWKSURI, nil
}
