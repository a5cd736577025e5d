package session

import (
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/jwt"
)

// Vendor is a preset: the defaults of its field values, and what its sessions
// mean. Each lives in a file of its own; a further vendor is a further file
// and an entry in vendors.
type Vendor struct {
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

	// algorithms and types replace the general defaults; empty: those.
	algorithms jwa.Set
	types      []string
	// cookies are the default fromCookies.
	cookies []string
	// precheck comes before all other checks of a token's header; nil: nothing
	// does.
	precheck func(*jwt.Parsed) reason.Reason
	// names are what precheck and the instance ask for beyond registered names.
	// Of all vendors one can have them: every token is read for them.
	names jwt.PrivateNames
	// keyIDs: a token names its key ("kid"), unless the key is a PEM.
	keyIDs bool
	// forwards is the default of forwardOriginalToken.
	forwards bool

	// prepare fills in what follows from the vendor's own fields, before the
	// general defaults. nil: nothing does. The instance may be nil: a plain one.
	prepare func(*Settings) (instance, problem.List)
	// identity reads what the claims say about the caller beyond sub, sid and act.
	identity func(c claims, id *Identity)
	// uniform finds a claim by a name that holds for all versions of the vendor's
	// tokens; texts is empty for one that is not there. nil: there are no such
	// names.
	uniform func(id *Identity, name string) (texts []string, list, uniform bool)
	// pending reports whether the sign-in of a verified session is not finished;
	// nil: it always is finished.
	pending func(claims) bool
	// private are the query parameters that must not be handed on in a URL.
	private []string
	// answer appends the response headers with which a refusal or redirect tells
	// the vendor's own code what was found; nil: it has none.
	answer func(headers [][2]string, kind Kind, why reason.Reason) [][2]string
	// reasonOf renames a reason; nil: as it is.
	reasonOf func(reason.Reason) reason.Reason
	// nothing is the reason when there is no token at all.
	nothing reason.Reason
}

// vendors are all presets; the first is none.
var vendors = []*Vendor{&plain, &clerk, &oneAuxilia, &corbado}

// plain is what holds without a preset: any issuer of JWTs.
var plain = Vendor{nothing: reason.TokenMissing}

func vendorByName(name string) *Vendor {
	for _, v := range vendors {
		if v.Name == name {
			return v
		}
	}
	return nil
}

// privateNames are those of the vendor that has some. They hold for the tokens of
// every provider: none takes another vendor's handshake token for a session's.
var privateNames = namesOf(vendors)

func namesOf(vendors []*Vendor) (names jwt.PrivateNames) {
	for _, v := range vendors {
		if v.names != (jwt.PrivateNames{}) {
			names = v.names
		}
	}
	return names
}

// PrivateParams are the query parameters that must not be handed on in a URL,
// whichever presets a configuration has.
func PrivateParams() []string {
	var names []string
	for _, v := range vendors {
		names = append(names, v.private...)
	}
	return names
}

// Presets are the values that "preset" may have.
func Presets() []string {
	names := make([]string, 0, len(vendors)-1)
	for _, v := range vendors[1:] {
		names = append(names, v.Name)
	}
	return names
}
