package idp

import (
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Issuer is one instance (Clerk), site (OneAuxilia) or project (Corbado).
type Issuer struct {
	Vendor Vendor
	Host   string // where it serves its keys: the Frontend API's host
	URL    string // "iss" of its tokens
	// PublishableKey (Clerk) and ProjectID (Corbado) are what a user
	// configures.
	PublishableKey string
	ProjectID      string
	// AuthorizedParty is the "azp" of tokens, where the vendor sets one.
	AuthorizedParty string

	// Fetches counts the requests for the key set.
	Fetches atomic.Int64

	mu        sync.Mutex
	published []*Key
	signing   *Key
	fault     Fault
}

// Key is the key that signs at present.
func (i *Issuer) Key() *Key {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.signing
}

// Publish adds a key to the key set.
func (i *Issuer) Publish(k *Key) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.published = append(i.published, k)
}

// Withdraw takes a key out of the key set.
func (i *Issuer) Withdraw(k *Key) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.published = slices.DeleteFunc(i.published, func(p *Key) bool { return p == k })
}

// Use lets a key sign from now on, published or not.
func (i *Issuer) Use(k *Key) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.signing = k
}

// Break lets the key set fail in some way; nil mends it.
func (i *Issuer) Break(f Fault) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.fault = f
}

// KeySet is the JWK Set as it is published.
func (i *Issuer) KeySet() []byte {
	i.mu.Lock()
	defer i.mu.Unlock()
	keys := make([]any, 0, len(i.published))
	for _, k := range i.published {
		keys = append(keys, k.JWK())
	}
	return encode(map[string]any{"keys": keys})
}

// Session is the content of a session token, ready to be changed and signed.
type Session struct {
	Header map[string]any
	Claims map[string]any
	Key    *Key
}

// Session is a session as the vendor would mint it at a moment. Every call
// gives maps of its own.
func (i *Issuer) Session(now time.Time) *Session {
	key := i.Key()
	header := map[string]any{"alg": key.Algorithm, "kid": key.ID, "typ": "JWT"}
	maps.Copy(header, i.Vendor.header())
	claims := i.Vendor.claims(now)
	claims["iss"] = i.URL
	if i.AuthorizedParty != "" {
		claims["azp"] = i.AuthorizedParty
	}
	// Through JSON, so that nothing is shared and every value has the type
	// that a reader of the token would see.
	var own map[string]any
	if err := json.Unmarshal(encode(claims), &own); err != nil {
		panic(err)
	}
	return &Session{Header: header, Claims: own, Key: key}
}

// Token signs the session.
func (s *Session) Token() string { return s.Key.Token(s.Header, s.Claims) }
