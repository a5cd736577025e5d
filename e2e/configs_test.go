package e2e

// Config is a configuration that rows meet. On Envoy each is a listener.
type Config struct {
	// JSON is the plugin's configuration, with words in braces (see Mint) such
	// as {pk clerk}. The cluster that reaches the key server is idp.
	JSON string
	// Environment is that of the VM.
	Environment map[string]string
	// Manager changes the connection manager of the listener; Envoy only.
	Manager map[string]any
	// Shared: also for tests beside the table, so no row needs to use it.
	Shared bool
}

// configs are all configurations, by the name that rows use.
var configs = map[string]Config{
	"clerk": {JSON: `{"providers": [
		{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "idp"}]}`},
	"clerk-azp": {JSON: `{"providers": [
		{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "idp",
		 "authorizedParties": ["https://app.example.com"]}]}`},
	"oneauxilia": {JSON: `{"providers": [
		{"preset": "oneauxilia", "issuer": "https://oneauxilia.example.com", "jwksCluster": "idp",
		 "jwksUri": "https://oneauxilia.example.com/.well-known/jwks.json",
		 "authorizedParties": ["https://app.example.com"]}]}`},
	"corbado": {JSON: `{"providers": [
		{"preset": "corbado", "projectId": "pro-123", "jwksCluster": "idp"}]}`},
	"inline": {JSON: `{"providers": [
		{"name": "mine", "issuer": "{issuer plain}", "jwks": {jwks plain}, "fromCookies": ["session"]}]}`},
	"pem": {JSON: `{"providers": [
		{"name": "mine", "issuer": "{issuer plain}", "jwks": {pem plain}, "fromCookies": ["session"]}]}`},
	"params": {JSON: `{"providers": [
		{"name": "mine", "issuer": "{issuer plain}", "jwks": {jwks plain},
		 "fromHeaders": [{"name": "X-Token"}], "fromParams": ["token"]}]}`},
	"down": {JSON: `{"providers": [
		{"name": "down", "issuer": "{issuer down}", "jwksCluster": "idp",
		 "jwksUri": "https://down.example.com/.well-known/jwks.json", "jwksTimeout": "500ms"}]}`},
	"html": {JSON: `{"providers": [
		{"name": "html", "issuer": "{issuer html}", "jwksCluster": "idp",
		 "jwksUri": "https://html.example.com/.well-known/jwks.json", "jwksTimeout": "500ms"}]}`},
}
