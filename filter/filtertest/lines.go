package filtertest

import "strings"

// arriving is what the filter sees of a request's header lines.
func arriving(sent [][2]string) [][2]string {
	var headers [][2]string
	for _, pseudo := range [][2]string{{":authority", "app.example.com"}, {":path", "/"}, {":method", "GET"}, {":scheme", "https"}} {
		if value, there := find(sent, pseudo[0]); there {
			pseudo[1] = value
		}
		headers = append(headers, pseudo)
	}
	authorization := -1
	for _, h := range lower(sent) {
		switch {
		case strings.HasPrefix(h[0], ":"):
			if _, known := find(headers, h[0]); !known { // such as :protocol
				headers = append(headers, h)
			}
		case h[0] == "authorization" && authorization >= 0:
			headers[authorization][1] += "," + h[1]
		default:
			if h[0] == "authorization" {
				authorization = len(headers)
			}
			headers = append(headers, h)
		}
	}
	return headers
}

func lower(headers [][2]string) [][2]string {
	var all [][2]string
	for _, h := range headers {
		all = append(all, [2]string{strings.ToLower(h[0]), h[1]})
	}
	return all
}

func find(headers [][2]string, name string) (string, bool) {
	for _, h := range headers {
		if strings.EqualFold(h[0], name) {
			return h[1], true
		}
	}
	return "", false
}

func first(headers [][2]string, name string) string {
	value, _ := find(headers, name)
	return value
}

// set makes one line of a header, in the place of its first one.
func set(headers [][2]string, name, value string) [][2]string {
	var kept [][2]string
	done := false
	for _, h := range headers {
		switch {
		case h[0] != name:
			kept = append(kept, h)
		case !done:
			kept = append(kept, [2]string{name, value})
			done = true
		}
	}
	if !done {
		kept = append(kept, [2]string{name, value})
	}
	return kept
}

func remove(headers [][2]string, name string) [][2]string {
	var kept [][2]string
	for _, h := range headers {
		if h[0] != name {
			kept = append(kept, h)
		}
	}
	return kept
}
