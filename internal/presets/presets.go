// Package presets lists the vendors that a configuration may name.
package presets

import (
	"github.com/sessiongate/sessiongate/internal/presets/clerk"
	"github.com/sessiongate/sessiongate/internal/presets/corbado"
	"github.com/sessiongate/sessiongate/internal/presets/oneauxilia"
	"github.com/sessiongate/sessiongate/internal/presets/plain"
	"github.com/sessiongate/sessiongate/internal/session"
)

// All are all presets; the first is none.
var All = session.Presets{&plain.Preset, &clerk.Preset, &oneauxilia.Preset, &corbado.Preset}
