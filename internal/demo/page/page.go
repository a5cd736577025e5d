// Package page is the demo's page, and the backend that serves it behind Envoy.
//
// The page is plain HTML, CSS and JavaScript, embedded, and asks no other host
// than the demo's own. The backend knows of its user what every backend knows:
// the headers that the filter wrote.
package page

import (
	"embed"
	"encoding/json"
	"html/template"
	"io/fs"
	"net/http"
	"strings"

	"golang.org/x/net/websocket"

	"github.com/sessiongate/sessiongate/internal/loopback"
)

//go:embed assets
var files embed.FS

var document = template.Must(template.ParseFS(files, "assets/page.html", "assets/account.html", "assets/diagram.html"))

// Vendor is what the page's script has to know of a vendor.
type Vendor struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	// Cookies are the names under which the script stores the session token.
	Cookies     []string `json:"cookies"`
	FrontendAPI string   `json:"frontendApi"` // its origin
}

// Config says where things are.
type Config struct {
	Origin  string   // of the page
	Other   string   // the other origin of the API
	Console string   // the console's URL
	Vendors []Vendor // the first is the one that / leads to
}

// identity is what the backend was told about who asks.
type identity struct {
	Status, Reason, User, Session, Role, Name string
}

// view is what the template shows.
type view struct {
	Config
	Vendor   Vendor
	Identity identity
	Settings settings
}

// settings are for the page's script.
type settings struct {
	Vendor  Vendor `json:"vendor"`
	Other   string `json:"other"`
	Console string `json:"console"`
	Status  string `json:"status"`
	User    string `json:"user"`
}

// New is the backend.
func New(config Config) http.Handler {
	mux := http.NewServeMux()
	assets, err := fs.Sub(files, "assets")
	if err != nil {
		panic(err)
	}
	mux.Handle("GET /demo/", http.StripPrefix("/demo/", http.FileServerFS(assets)))
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/"+config.Vendors[0].Name+"/", http.StatusFound)
	})
	for _, vendor := range config.Vendors {
		mux.HandleFunc("GET /"+vendor.Name+"/{$}", config.show("page.html", vendor))
		mux.HandleFunc("GET /"+vendor.Name+"/account", config.show("account.html", vendor))
		mux.Handle("/"+vendor.Name+"/ws", websocket.Server{Handler: greet})
	}
	return config.ownHostOnly(mux)
}

// Start serves it on a free loopback port until stop is called.
func Start(config Config) (addr string, stop func(), err error) {
	return loopback.Serve(New(config))
}

// show renders a document for whoever the filter says is asking.
func (c Config) show(name string, vendor Vendor) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		header := func(name string) string { return r.Header.Get("X-Identity-" + name) }
		who := identity{
			Status: header("Status"), Reason: header("Reason"), User: header("User-Id"),
			Session: header("Session-Id"), Role: header("Org-Role"), Name: header("Name"),
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy", c.policy(vendor))
		_ = document.ExecuteTemplate(w, name, view{Config: c, Vendor: vendor, Identity: who, Settings: settings{
			Vendor: vendor, Other: c.Other, Console: c.Console, Status: who.Status, User: who.User,
		}})
	}
}

// policy is the Content-Security-Policy of a document: nothing from anywhere
// but the demo's own servers.
func (c Config) policy(vendor Vendor) string {
	console := c.Console[:strings.LastIndex(c.Console, "/")]
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; " +
		"form-action 'self' " + vendor.FrontendAPI + "; " +
		"connect-src 'self' ws" + strings.TrimPrefix(c.Origin, "http") + " " + c.Other + " " + vendor.FrontendAPI + " " + console
}

// ownHostOnly refuses other names that resolve to this machine: a page of such
// a name could read the console's URL.
func (c Config) ownHostOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if "http://"+r.Host != c.Origin {
			http.Error(w, "the demo's page is at "+c.Origin, http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// greet tells a WebSocket who it belongs to, and repeats what it is sent.
func greet(socket *websocket.Conn) {
	text, err := json.Marshal(map[string]string{
		"status": socket.Request().Header.Get("X-Identity-Status"), "user": socket.Request().Header.Get("X-Identity-User-Id"),
	})
	if err != nil || websocket.Message.Send(socket, string(text)) != nil {
		return
	}
	socket.MaxPayloadBytes = 4096
	for {
		var message string
		if websocket.Message.Receive(socket, &message) != nil || websocket.Message.Send(socket, message) != nil {
			return
		}
	}
}
