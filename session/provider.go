package session

import (
	"time"

	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// Provider is one issuer of session tokens, ready for requests. Made by New,
// read-only afterwards.
type Provider struct {
	Name   string
	Vendor *Vendor
	Expect jwt.Expect

	Headers []HeaderSource
	Params  []string
	Cookies []string // names of cookies with a session token

	Inline *jwks.Set // keys from the configuration, or
	Remote *Remote   // where keys are fetched

	ForwardOriginalToken    bool
	TokenToHeader           string
	ClaimHeaders            []ClaimHeader
	PayloadHeader           string
	TreatPendingAsSignedOut bool
	SignInURL               string

	clerk *clerkInstance // preset clerk only
}

// Remote is where and how a provider's keys are fetched.
type Remote struct {
	URL                string
	Cluster            string
	Headers            [][2]string
	RefreshInterval    time.Duration
	Timeout            time.Duration
	MaxStale           time.Duration
	UnknownKeyInterval time.Duration
}

// New makes a provider of settings: the preset's defaults, then the general
// ones. With a problem that is no warning, the provider is nil.
func New(s Settings) (*Provider, []Problem) { panic("skeleton") }

// Presets are the names that a preset may have.
func Presets() []string { panic("skeleton") }
