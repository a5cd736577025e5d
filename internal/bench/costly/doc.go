// Package costly reads requests that are dear to answer, each from a file of its
// own: internal/bench/costly/requests, whose README has the form. The benchmarks measure them,
// and tests can send them.
//
// A text that is long only because it repeats itself is written as a directive in
// braces, so that a file says what is dear in it.
package costly
