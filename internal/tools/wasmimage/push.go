package wasmimage

import (
	"context"
	"fmt"
	"net"
	"net/http"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// Push sends an image to a registry, under a reference such as
// registry.example.com/team/sessiongate:1.0.0, and returns the reference with
// the digest in place of the tag. Credentials are those of docker login.
//
// Loopback registries may speak plain HTTP, others may not.
func Push(ctx context.Context, reference string, image v1.Image) (name.Digest, error) {
	ref, err := name.ParseReference(reference)
	if err != nil {
		return name.Digest{}, err
	}
	if _, ok := ref.(name.Digest); ok {
		return name.Digest{}, fmt.Errorf("%s: write a tag, not a digest: the digest follows from the image", reference)
	}
	err = remote.Write(ref, image,
		remote.WithContext(ctx),
		remote.WithAuthFromKeychain(authn.DefaultKeychain),
		remote.WithTransport(plainLoopbackOnly{remote.DefaultTransport}))
	if err != nil {
		return name.Digest{}, err
	}
	digest, err := image.Digest()
	if err != nil {
		return name.Digest{}, err
	}
	return ref.Context().Digest(digest.String()), nil
}

// plainLoopbackOnly keeps credentials and images from being sent without TLS
// over a network.
type plainLoopbackOnly struct{ next http.RoundTripper }

func (t plainLoopbackOnly) RoundTrip(r *http.Request) (*http.Response, error) {
	host := r.URL.Hostname()
	ip := net.ParseIP(host)
	if r.URL.Scheme != "https" && host != "localhost" && !(ip != nil && ip.IsLoopback()) {
		return nil, fmt.Errorf("%s does not speak TLS: only registries on this machine may go without", r.URL.Host)
	}
	return t.next.RoundTrip(r)
}
