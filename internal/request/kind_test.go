package request

import "testing"

func TestIsDocument(t *testing.T) {
	tests := map[string]struct {
		method  string
		headers []string
		want    bool
	}{
		"document":                   {"GET", []string{"sec-fetch-dest", "document"}, true},
		"iframe":                     {"GET", []string{"sec-fetch-dest", "iframe"}, true},
		"image":                      {"GET", []string{"sec-fetch-dest", "image", "accept", "text/html"}, false},
		"fetch":                      {"GET", []string{"sec-fetch-dest", "empty", "accept", "text/html"}, false},
		"accept":                     {"GET", []string{"accept", "text/html,application/xhtml+xml"}, true},
		"accept alone":               {"GET", []string{"accept", "text/html"}, true},
		"accept in capitals":         {"GET", []string{"accept", "Text/HTML"}, true},
		"accept, empty destination":  {"GET", []string{"sec-fetch-dest", "", "accept", "text/html"}, true},
		"accept with html later":     {"GET", []string{"accept", "*/*, text/html"}, false},
		"accept of an API":           {"GET", []string{"accept", "application/json"}, false},
		"nothing":                    {"GET", nil, false},
		"HEAD":                       {"HEAD", []string{"sec-fetch-dest", "document"}, false},
		"POST":                       {"POST", []string{"sec-fetch-dest", "document"}, false},
		"method in lower case":       {"get", []string{"sec-fetch-dest", "document"}, false},
		"destination in other words": {"GET", []string{"sec-fetch-dest", "documents"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := with(test.method, "/", test.headers...).IsDocument(); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestIsGRPC(t *testing.T) {
	for contentType, want := range map[string]bool{
		"application/grpc": true, "application/grpc+proto": true, "Application/gRPC": true, "application/grpc; charset=utf-8": true,
		"": false, "application/json": false, "application/grpc-web": false, "application/grpc-web+proto": false, "application/grpcx": false,
	} {
		if got := with("POST", "/", "content-type", contentType).IsGRPC(); got != want {
			t.Errorf("%q: got %v", contentType, got)
		}
	}
}

func TestIsUpgrade(t *testing.T) {
	tests := map[string]struct {
		method  string
		headers []string
		want    bool
	}{
		"websocket":              {"GET", []string{"upgrade", "websocket", "connection", "Upgrade"}, true},
		"websocket over HTTP/2":  {"GET", []string{"upgrade", "websocket"}, true},
		"extended CONNECT":       {"CONNECT", []string{":protocol", "websocket"}, true},
		"CONNECT":                {"CONNECT", nil, true},
		"plain":                  {"GET", nil, false},
		"empty":                  {"GET", []string{"upgrade", ""}, false},
		"upgrade to https hints": {"GET", []string{"upgrade-insecure-requests", "1"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := with(test.method, "/", test.headers...).IsUpgrade(); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestIsPreflight(t *testing.T) {
	preflight := []string{"origin", "https://a.example", "access-control-request-method", "PUT"}
	tests := map[string]struct {
		method  string
		headers []string
		want    bool
	}{
		"preflight":              {"OPTIONS", preflight, true},
		"with asked headers":     {"OPTIONS", append(preflight[:4:4], "access-control-request-headers", "authorization"), true},
		"from a sandbox":         {"OPTIONS", []string{"origin", "null", "access-control-request-method", "PUT"}, true},
		"length 0":               {"OPTIONS", append(preflight[:4:4], "content-length", "0"), true},
		"GET":                    {"GET", preflight, false},
		"no origin":              {"OPTIONS", preflight[2:], false},
		"empty origin":           {"OPTIONS", append(preflight[2:4:4], "origin", ""), false},
		"two origins":            {"OPTIONS", append(preflight[:4:4], "origin", "https://b.example"), false},
		"two origins in a line":  {"OPTIONS", append(preflight[2:4:4], "origin", "https://a.example https://b.example"), false},
		"no method":              {"OPTIONS", preflight[:2], false},
		"two methods":            {"OPTIONS", append(preflight[:4:4], "access-control-request-method", "GET"), false},
		"two methods in a line":  {"OPTIONS", append(preflight[:2:2], "access-control-request-method", "GET, PUT"), false},
		"authorization":          {"OPTIONS", append(preflight[:4:4], "authorization", "Bearer x"), false},
		"empty authorization":    {"OPTIONS", append(preflight[:4:4], "authorization", ""), false},
		"cookie":                 {"OPTIONS", append(preflight[:4:4], "cookie", "a=1"), false},
		"body":                   {"OPTIONS", append(preflight[:4:4], "content-length", "1"), false},
		"body of unknown length": {"OPTIONS", append(preflight[:4:4], "transfer-encoding", "chunked"), false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := with(test.method, "/", test.headers...).IsPreflight(); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
