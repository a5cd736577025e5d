package session

import (
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/jwt"
)

// Preset is what is known of a vendor: the defaults of its field values, and what
// its sessions mean. Each lives in a package of its own below internal/presets.
type Preset struct {
	// Name is the value of "preset"; empty for no preset.
	Name string
	// Fields are the configuration fields that only this vendor (or one that
	// lists them too) takes.
	Fields []string
	// ReservedPrefix begins the names of headers that requests must not carry,
	// because the vendor's own code believes them; empty: there are none.
	ReservedPrefix string
	// OwnCookies reports whether the names of the cookies are the vendor's
	// affair, so that fromCookies takes only [].
	OwnCookies bool

	// Algorithms and Types replace the general defaults; empty: those.
	Algorithms jwa.Set
	Types      []string
	// Cookies are the default fromCookies.
	Cookies []string
	// Precheck comes before all other checks of a token's header; nil: nothing
	// does.
	Precheck func(*jwt.Parsed) reason.Reason
	// Names are what Precheck and the instance ask for beyond registered names.
	// Of all presets one can have them: every token is read for them.
	Names jwt.PrivateNames
	// KeyIDs: a token names its key ("kid"), unless the key is a PEM.
	KeyIDs bool
	// Forwards is the default of forwardOriginalToken.
	Forwards bool

	// Prepare fills in what follows from the vendor's own fields, before the
	// general defaults. nil: nothing does. The instance may be nil: a plain one.
	Prepare func(*Settings) (Instance, problem.List)
	// Identity reads what the claims say about the caller beyond sub, sid and act.
	Identity func(c Claims, id *Identity)
	// Uniform finds a claim by a name that holds for all versions of the vendor's
	// tokens; texts is empty for one that is not there. nil: there are no such
	// names.
	Uniform func(id *Identity, name string) (texts []string, list, uniform bool)
	// WrongValue says what is wrong with a value that a condition compares such a
	// claim with, empty if nothing is. nil: all values are right.
	WrongValue func(name, value string) string
	// Reverifier says how lately users were verified; nil: the tokens do not.
	Reverifier *Reverifier
	// Pending reports whether the sign-in of a verified session is not finished;
	// nil: it always is finished.
	Pending func(Claims) bool
	// Kinds tells kinds of tokens apart; nil: every token is a session's.
	Kinds *VendorKinds
	// PrivateParams are the query parameters that must not be handed on in a URL.
	PrivateParams []string
	// Answer appends the response headers with which a refusal or redirect tells
	// the vendor's own code what was found; nil: it has none.
	Answer func(headers [][2]string, kind Kind, why reason.Reason) [][2]string
	// ReasonOf renames a reason; nil: as it is.
	ReasonOf func(reason.Reason) reason.Reason
	// Nothing is the reason when there is no token at all.
	Nothing reason.Reason
}

// Presets are all that a configuration may name; the first holds where it names
// none.
type Presets []*Preset

// find is the preset of that name; nil if there is none.
func (all Presets) find(name string) *Preset {
	for _, p := range all {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// Choices are the values that "preset" may have.
func (all Presets) Choices() []string {
	names := make([]string, 0, len(all)-1)
	for _, p := range all[1:] {
		names = append(names, p.Name)
	}
	return names
}

// names are those of the preset that has some. They hold for the tokens of every
// provider: none takes another vendor's handshake token for a session's.
func (all Presets) names() (names jwt.PrivateNames) {
	for _, p := range all {
		if p.Names != (jwt.PrivateNames{}) {
			names = p.Names
		}
	}
	return names
}

// privateParams are the query parameters that must not be handed on in a URL.
func (all Presets) privateParams() (names []string) {
	for _, p := range all {
		names = append(names, p.PrivateParams...)
	}
	return names
}
