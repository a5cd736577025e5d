package idp

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/internal/loopback"
)

// Server serves the key sets of several issuers on one address. The Host of a
// request picks the issuer, as it would behind a real name.
type Server struct {
	issuers map[string]*Issuer
}

// NewServer makes a server; to serve over the network, see Start.
func NewServer(issuers ...*Issuer) *Server {
	s := &Server{issuers: map[string]*Issuer{}}
	for _, i := range issuers {
		s.issuers[i.Host] = i
	}
	return s
}

// Start serves on a free loopback port until stop is called.
func (s *Server) Start() (addr string, stop func(), err error) { return loopback.Serve(s) }

// ServeHTTP answers a GET of a key set.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, _, _ := strings.Cut(r.Host, ":")
	issuer := s.issuers[host]
	if issuer == nil || r.URL.Path != issuer.Vendor.KeysPath() {
		http.NotFound(w, r)
		return
	}
	issuer.Fetches.Add(1)
	issuer.mu.Lock()
	fault := issuer.fault
	issuer.mu.Unlock()
	if fault == nil {
		issuer.serve(w, r)
		return
	}
	fault(w, r, issuer.serve)
}

// serve is the answer of a key server that works.
func (i *Issuer) serve(w http.ResponseWriter, r *http.Request) {
	if i.Vendor == Corbado && r.Header.Get("X-Corbado-ProjectID") != i.ProjectID {
		http.Error(w, "X-Corbado-ProjectID is missing", http.StatusBadRequest)
		return
	}
	keys := i.KeySet()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(keys)))
	_, _ = w.Write(keys)
}
