// Package wasmfile looks into a WebAssembly binary, takes out of it what a
// proxy-wasm host need not see, and makes what Go's compiler has written faster
// and shorter.
//
// It reads the core binary format, version 1. It is for build tools and tests.
// It does not check types: what was valid stays valid, and a runtime finds what
// was not.
package wasmfile

import (
	"encoding/binary"
	"errors"
)

// The ids of the sections that matter here.
const (
	sectionCustom   = 0
	sectionImport   = 2
	sectionFunction = 3
	sectionExport   = 7
	sectionCode     = 10
)

var errFormat = errors.New("not a WebAssembly binary of version 1")

const preamble = "\x00asm\x01\x00\x00\x00"

// section is one section: its id and its content.
type section struct {
	id      byte
	content []byte
}

// sections splits a module.
func sections(module []byte) ([]section, error) {
	if len(module) < len(preamble) || string(module[:len(preamble)]) != preamble {
		return nil, errFormat
	}
	r := reader{rest: module[len(preamble):]}
	var all []section
	for len(r.rest) > 0 && !r.failed {
		id := r.byte()
		all = append(all, section{id, r.bytes(r.number())})
	}
	if r.failed {
		return nil, errFormat
	}
	return all, nil
}

// join makes a module of sections.
func join(all []section) []byte {
	size := len(preamble)
	for _, s := range all {
		size += 1 + binary.MaxVarintLen32 + len(s.content)
	}
	module := append(make([]byte, 0, size), preamble...)
	for _, s := range all {
		module = append(module, s.id)
		module = binary.AppendUvarint(module, uint64(len(s.content)))
		module = append(module, s.content...)
	}
	return module
}

// reader reads the encodings of the binary format. After a failure it gives
// zero values.
type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) byte() byte {
	if b := r.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (r *reader) bytes(n uint64) []byte {
	if r.failed || n > uint64(len(r.rest)) {
		r.failed = true
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

// number reads an unsigned LEB128.
func (r *reader) number() uint64 {
	value, n := binary.Uvarint(r.rest)
	if r.failed || n <= 0 {
		r.failed = true
		return 0
	}
	r.rest = r.rest[n:]
	return value
}

func (r *reader) name() string { return string(r.bytes(r.number())) }

// limits skips the limits of a memory or table.
func (r *reader) limits() {
	flags := r.byte()
	r.number()
	if flags&1 != 0 {
		r.number()
	}
}
