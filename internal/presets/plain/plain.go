// Package plain holds what is true without a preset: any issuer of JWTs.
package plain

import (
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Preset has no name and the general defaults.
var Preset = session.Preset{Nothing: reason.TokenMissing}
