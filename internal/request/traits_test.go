package request

import (
	"strings"
	"testing"
)

// Plain bytes are looked at eight at a time, so a trait may stand anywhere
// among them.
func TestTraitsAtEveryOffset(t *testing.T) {
	for text, want := range map[string]pathTraits{
		"a": 0, ".": 0, "/": 0, "~": 0, "?": 0,
		"%61": hasEscapes, "%2f": hasSlashEscapes, "%5C": hasSlashEscapes, "%2E": hasEscapes | hasDotEscapes, "%25": hasEscapes | hasPercents,
		"%zz": hasPercents, "%6z": hasPercents, ";": hasParams, `\`: hasBackslashes, "//": hasSlashRuns, "/.x": hasDotNames, "/...": hasDotNames, "/..x": hasDotNames,
		"/./": hasDotSegments, "/../": hasDotSegments, " ": hasSpaces, "\x00": hasControls, "\x1f": hasControls, "\x7f": hasControls,
		"é": hasOthers, "\x80": hasOthers, "\xff": hasOthers,
	} {
		for before := range 40 {
			for after := range 20 {
				path := "/" + strings.Repeat("a", before+1) + text + strings.Repeat("b", after+1)
				if got, places := traitsOf(path); got != want || (places == 0) != (want == 0) {
					t.Fatalf("%q: %b in %d places, want %b", path, got, places, want)
				}
			}
		}
	}
	for text, want := range map[string]pathTraits{
		"%": hasPercents, "%6": hasPercents, "/.": hasDotSegments, "/..": hasDotSegments, "/...": hasDotNames, "/": 0, "//": hasSlashRuns,
	} {
		for before := range 40 {
			path := "/" + strings.Repeat("a", before+1) + text
			if got, _ := traitsOf(path); got != want {
				t.Fatalf("%q: %b, want %b", path, got, want)
			}
		}
	}
}

func TestTraitsAreCountedByPlaces(t *testing.T) {
	if _, places := traitsOf(strings.Repeat("/abcdefghijklmnopqrst%2f;x//./\\é", 10)); places != 70 {
		t.Errorf("%d places", places)
	}
}
