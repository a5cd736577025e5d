package keyfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
)

// Fetch fetches the keys of those providers that fetch theirs and have none
// yet, as the filter does: redirects are not followed, and only a 200 counts.
// This goes to the issuer directly, and not through the proxy's cluster.
func (k Keys) Fetch(ctx context.Context, providers []*session.Provider) {
	for _, p := range providers {
		if _, is := k[p.Name]; is || p.Remote == nil {
			continue
		}
		set, err := fetch(ctx, p)
		k[p.Name] = Given{Set: set, From: p.Remote.URL, Err: err}
	}
}

func fetch(ctx context.Context, p *session.Provider) (*jwks.Set, error) {
	ctx, cancel := context.WithTimeout(ctx, p.Remote.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.Remote.URL, nil)
	if err != nil {
		return nil, errors.New("jwksUri is not a URL")
	}
	for _, h := range p.Remote.Headers {
		request.Header.Set(h[0], h[1])
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		var failed *url.Error
		if errors.As(err, &failed) {
			err = failed.Err // the URL is known
		}
		return nil, fmt.Errorf("%s: %w", p.Remote.URL, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answers with %s", p.Remote.URL, response.Status)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, jwks.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.Remote.URL, err)
	}
	set, err := jwks.Parse(body, jwks.Remote)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.Remote.URL, err)
	}
	return set, nil
}
