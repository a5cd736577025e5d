package wasmimage

import (
	"net/http"
	"testing"
)

type answered struct{}

func (answered) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK}, nil
}

func TestPlainHTTPIsForLoopback(t *testing.T) {
	rows := map[string]bool{
		"https://registry.example.com/v2/":    true,
		"https://10.0.0.1:5000/v2/":           true,
		"http://127.0.0.1:5000/v2/":           true,
		"http://[::1]:5000/v2/":               true,
		"http://localhost:5000/v2/":           true,
		"http://10.0.0.1:5000/v2/":            false,
		"http://registry.example.com/v2/":     false,
		"http://localhost.example.com/v2/":    false,
		"http://127.0.0.1.example.com:80/v2/": false,
	}
	for url, allowed := range rows {
		t.Run(url, func(t *testing.T) {
			request, err := http.NewRequest(http.MethodGet, url, nil)
			if err != nil {
				t.Fatal(err)
			}
			_, err = plainLoopbackOnly{answered{}}.RoundTrip(request)
			if (err == nil) != allowed {
				t.Errorf("error %v", err)
			}
		})
	}
}
