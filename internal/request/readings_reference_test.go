package request

import (
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sessiongate/sessiongate/internal/reason"
)

// referenceReadings are what Readings has to find, by steps that are written
// as simply as can be, without its bounds: nil from 1,000 readings on.
func referenceReadings(path string) map[string]bool {
	steps := []func(string) string{
		referenceParams,
		func(p string) string { return strings.ReplaceAll(p, `\`, "/") },
		referenceMerge,
		func(p string) string { return referenceDots(p, false, true) },
		func(p string) string { return referenceDots(p, false, false) },
		func(p string) string { return referenceDots(p, true, true) },
		func(p string) string { return referenceDots(p, true, false) },
		referenceAuthority,
	}
	var decodes []func(string) string
	for _, which := range []func(c byte) bool{
		func(byte) bool { return true },
		func(c byte) bool { return c == '/' || c == '\\' },
		func(c byte) bool { return c != '/' && c != '\\' },
	} {
		decodes = append(decodes, func(p string) string { return referenceDecode(p, which) })
	}

	all := map[string]bool{}
	level := map[string]bool{path: true, strings.TrimRight(path, " "): true}
	for range 3 {
		level = closure(level, steps)
		next := map[string]bool{}
		for p := range level {
			all[p] = true
			for _, decode := range decodes {
				next[decode(p)] = true
			}
		}
		if len(all) >= 1000 {
			return nil
		}
		level = next
	}
	return all
}

// closure is what comes out of paths by any steps in any order.
func closure(paths map[string]bool, steps []func(string) string) map[string]bool {
	all := map[string]bool{}
	for todo := paths; len(todo) > 0 && len(all) < 1000; {
		next := map[string]bool{}
		for p := range todo {
			all[p] = true
		}
		for p := range todo {
			for _, step := range steps {
				if made := step(p); !all[made] {
					next[made] = true
				}
			}
		}
		todo = next
	}
	return all
}

func referenceParams(p string) string {
	segments := strings.Split(p, "/")
	for i, segment := range segments {
		segments[i], _, _ = strings.Cut(segment, ";")
	}
	return strings.Join(segments, "/")
}

func referenceMerge(p string) string {
	for strings.Contains(p, "//") {
		p = strings.ReplaceAll(p, "//", "/")
	}
	return p
}

// referenceDots resolves dot segments. What stands before the first slash is
// no segment.
func referenceDots(p string, encoded, slash bool) string {
	segments := strings.Split(p, "/")
	out := segments[:1:1]
	last := ""
	for _, segment := range segments[1:] {
		last = segment
		if encoded {
			last = strings.ReplaceAll(strings.ReplaceAll(segment, "%2e", "."), "%2E", ".")
		}
		switch {
		case last == ".." && len(out) > 1:
			out = out[:len(out)-1]
		case last == "..":
			out[0] = ""
		case last != ".":
			out = append(out, segment)
		}
	}
	resolved := strings.Join(out, "/")
	if last != "." && last != ".." {
		return resolved
	}
	if slash || resolved == "" {
		return resolved + "/"
	}
	return resolved
}

func referenceAuthority(p string) string {
	isSlash := func(c rune) bool { return c == '/' || c == '\\' }
	rest := strings.TrimLeftFunc(p, isSlash)
	if len(p)-len(rest) < 2 {
		return p
	}
	if end := strings.IndexFunc(rest, isSlash); end >= 0 {
		return rest[end:]
	}
	return "/"
}

func referenceDecode(p string, which func(byte) bool) string {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		c := p[i]
		if c == '%' {
			if e, err := url.PathUnescape(p[i:min(i+3, len(p))]); err == nil && which(e[0]) {
				c = e[0]
				i += 2
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// compareReadings compares with the reference. Only a path with a control
// character, or beyond a bound, may be refused.
func compareReadings(t *testing.T, path string) {
	t.Helper()
	got, bad := get(path).Readings()
	want := referenceReadings(path)
	if bad == reason.None {
		wanted := make([]string, 0, len(want))
		for p := range want {
			wanted = append(wanted, p)
		}
		if diff := cmp.Diff(wanted, got, cmpopts.SortSlices(strings.Compare)); diff != "" {
			t.Errorf("%q: %s", path, diff)
		}
		return
	}
	work := 0
	for p := range want {
		for i := range len(p) {
			if isControl(p[i]) {
				return
			}
		}
		// No path costs more than being looked at and all the steps.
		work += 13 * (1 + placeCost) * len(p)
	}
	if want != nil && len(want) <= maxReadings && len(path) <= maxReadingLength && work <= maxPathWork {
		t.Errorf("%q is refused, and has %d readings", path, len(want))
	}
}

// pathFragments are what paths with several readings are made of.
var pathFragments = []string{
	"/", "/", "/", "//", "a", "B", "admin", ".", "..", "...", "/../", "/./", "/.x", ";", ";v=1", "..;", `\`, " ", "%", "é", "\u0080",
	"%2f", "%2F", "%5c", "%2e", "%2E", "%3b", "%25", "%252e", "%252f", "%255c", "%61", "%20", "%c3%a9", "%00", "%zz", "%2", "2f",
	"abcdefgh", "abcdefghijklmnopqrstuvwxyz",
}

func TestReadingsAreThoseOfTheReference(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		path := "/"
		for range 1 + random.IntN(9) {
			path += pathFragments[random.IntN(len(pathFragments))]
		}
		compareReadings(t, path)
	}
}

func FuzzReadingsReference(f *testing.F) {
	for _, seed := range []string{"/a%2Fb", "/%252e%252e/a", "/a/..;/b", `/a\..\b`, "//h/a", `//h\a/..`, "/a/./b/", "/a ", "/%%36%31", "/.a/...%2e"} {
		f.Add(seed, []byte{1, 2, 3})
	}
	f.Fuzz(func(t *testing.T, path string, picks []byte) {
		for _, pick := range picks[:min(len(picks), 9)] {
			path += pathFragments[int(pick)%len(pathFragments)]
		}
		if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, "?#") || len(path) > 200 {
			return
		}
		compareReadings(t, path)
	})
}
