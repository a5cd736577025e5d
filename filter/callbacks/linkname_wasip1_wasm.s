// Functions that go:linkname names have no body; the compiler takes them only
// beside a file like this one.
