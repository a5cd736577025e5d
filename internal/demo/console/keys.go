package console

import (
	"fmt"
	"net/http"
	"sync"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// Keys are what a page is shown of an issuer's keys.
type Keys struct {
	Stopped bool   `json:"stopped"` // the key server does not answer
	Signing string `json:"signing"` // the id of the key that signs
	Fetches int64  `json:"fetches"` // how often the keys were asked for
}

// keyring controls the key server of one issuer.
type keyring struct {
	issuer *idp.Issuer

	mu      sync.Mutex
	stopped bool
	turns   int
	last    *idp.Key // the one that signed before
}

func (k *keyring) state() Keys {
	k.mu.Lock()
	defer k.mu.Unlock()
	return Keys{Stopped: k.stopped, Signing: k.issuer.Key().ID, Fetches: k.issuer.Fetches.Load()}
}

// do stops or starts the key server, or rotates the keys.
func (k *keyring) do(action string) (status int, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch action {
	case "stop":
		k.stopped = true
		k.issuer.Break(idp.Down())
	case "start":
		k.stopped = false
		k.issuer.Break(nil)
	case "rotate":
		if err := k.rotate(); err != nil {
			return http.StatusInternalServerError, err
		}
	default:
		return http.StatusNotFound, fmt.Errorf("no such action: %q", action)
	}
	return http.StatusOK, nil
}

// rotate lets a new key sign. The one before stays published, for tokens that
// are still good; the one before that goes.
func (k *keyring) rotate() error {
	k.turns++
	fresh, err := idp.NewKey(fmt.Sprintf("key_%s_%d", k.issuer.Vendor, k.turns+1), "RS256")
	if err != nil {
		return err
	}
	if k.last != nil {
		k.issuer.Withdraw(k.last)
	}
	k.last = k.issuer.Key()
	k.issuer.Publish(fresh)
	k.issuer.Use(fresh)
	return nil
}
