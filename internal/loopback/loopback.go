// Package loopback finds addresses for servers that run on this machine, and
// that have to know their address before they listen on it.
package loopback

import (
	"errors"
	"math/rand/v2"
	"net"
	"strconv"
)

// The ports are below those that systems give to outgoing connections and to
// servers that take any port. So one that is free now is still free when a
// server listens on it, be it minutes later.
const (
	firstPort = 20000
	ports     = 10000
)

// FreeAddress is a loopback host and port that nobody listens on.
func FreeAddress() (string, error) {
	for range 100 {
		addr := net.JoinHostPort("127.0.0.1", strconv.Itoa(firstPort+rand.IntN(ports)))
		if IsFree(addr) {
			return addr, nil
		}
	}
	return "", errors.New("no port is free")
}

// IsFree reports whether nobody listens on an address.
func IsFree(addr string) bool {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return false
	}
	return listener.Close() == nil
}
