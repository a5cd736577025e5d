package console

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// Server is the console of the pages of one origin.
type Server struct {
	Feed Feed
	// URL is where pages reach it, SinkPath where Envoy does, at the same
	// address: two random paths.
	URL, SinkPath string
	Addr          string // host:port

	origin string
	keys   map[idp.Vendor]*keyring
	server *http.Server
}

// Start serves on a free loopback port, for the pages of an origin.
func Start(origin string, issuers []*idp.Issuer) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &Server{
		Addr: listener.Addr().String(), SinkPath: "/" + rand.Text(),
		origin: origin, keys: map[idp.Vendor]*keyring{},
	}
	for _, issuer := range issuers {
		s.keys[issuer.Vendor] = &keyring{issuer: issuer}
	}
	path := "/" + rand.Text()
	s.URL = "http://" + s.Addr + path
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+s.SinkPath+"/{phase}/{request}", s.sink)
	mux.Handle(path+"/events", s.pagesOnly(http.MethodGet, s.events))
	mux.Handle(path+"/keys/{vendor}/{action}", s.pagesOnly(http.MethodPost, s.control))
	s.server = &http.Server{Handler: mux}
	go func() { _ = s.server.Serve(listener) }()
	return s, nil
}

// Stop ends it.
func (s *Server) Stop() { _ = s.server.Close() }

// sink takes what Envoy tells. Browsers have no business here.
func (s *Server) sink(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "" {
		http.Error(w, "not for pages", http.StatusForbidden)
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return
	}
	var headers [][2]string
	for line := range strings.Lines(string(body)) {
		// The names of pseudo headers begin with a colon.
		line = strings.TrimSuffix(line, "\n")
		if i := strings.Index(line[min(1, len(line)):], ": "); i >= 0 {
			headers = append(headers, [2]string{line[:i+1], line[i+3:]})
		}
	}
	s.Feed.Add(r.PathValue("request"), r.PathValue("phase"), headers)
}

// pagesOnly lets the demo's own pages through, by one method.
func (s *Server) pagesOnly(method string, next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host != s.Addr || r.Header.Get("Origin") != s.origin {
			http.Error(w, "only the demo's page may ask", http.StatusForbidden)
			return
		}
		if r.Method != method {
			http.Error(w, "the method is "+method, http.StatusMethodNotAllowed)
			return
		}
		w.Header().Set("Access-Control-Allow-Origin", s.origin)
		w.Header().Set("Vary", "Origin")
		w.Header().Set("Cache-Control", "no-store")
		next(w, r)
	})
}

// control does something to the keys of a vendor, and tells how they are then.
func (s *Server) control(w http.ResponseWriter, r *http.Request) {
	ring := s.keys[idp.Vendor(r.PathValue("vendor"))]
	if ring == nil {
		http.NotFound(w, r)
		return
	}
	if action := r.PathValue("action"); action != "show" {
		if status, err := ring.do(action); err != nil {
			http.Error(w, err.Error(), status)
			return
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(ring.state())
}

// events streams the feed as server-sent events.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	recent, later, stop := s.Feed.listen()
	defer stop()
	out := http.NewResponseController(w)
	write := func(event Event) bool {
		text, err := json.Marshal(event)
		if err != nil {
			return false
		}
		_, err = fmt.Fprintf(w, "data: %s\n\n", text)
		return err == nil
	}
	for _, event := range recent {
		if !write(event) {
			return
		}
	}
	for {
		if out.Flush() != nil {
			return
		}
		select {
		case event := <-later:
			if !write(event) {
				return
			}
		case <-r.Context().Done():
			return
		}
	}
}
