// Package der reads and writes DER (X.690) as far as keys and signatures need
// it: tag, definite length in the fewest bytes, content. It is there because
// crypto/x509 would add megabytes and system calls that older hosts do not
// offer.
//
// # Guarantees
//
// What a length or a number says can be written in one way only; any other is
// refused. No input makes it panic.
package der

import "slices"

// The tags.
const (
	Integer     = 0x02
	BitString   = 0x03
	OctetString = 0x04
	Null        = 0x05
	OID         = 0x06
	Sequence    = 0x30
	Context0    = 0xa0 // [0], constructed
	Context1    = 0xa1
	Implicit1   = 0x81 // [1], primitive
)

// Encode writes one element; its content is the parts one after the other.
func Encode(tag byte, parts ...[]byte) []byte {
	content := slices.Concat(parts...)
	length := len(content)
	switch {
	case length < 1<<7:
		return append([]byte{tag, byte(length)}, content...)
	case length < 1<<8:
		return append([]byte{tag, 0x81, byte(length)}, content...)
	}
	// Keys are bounded far below 1<<16.
	return append([]byte{tag, 0x82, byte(length >> 8), byte(length)}, content...)
}

// Unsigned writes a non-negative INTEGER given without leading zeros.
func Unsigned(n []byte) []byte {
	if len(n) == 0 || n[0]&0x80 != 0 {
		return Encode(Integer, []byte{0}, n)
	}
	return Encode(Integer, n)
}

// Reader takes elements off the front of what is left.
type Reader []byte

// Next takes one element of that tag. ok is false if there is none, or its
// length is not written as DER demands.
func (r *Reader) Next(tag byte) (content Reader, ok bool) {
	data := *r
	if len(data) < 2 || data[0] != tag {
		return nil, false
	}
	length, rest := int(data[1]), data[2:]
	switch {
	case length < 0x80:
	case length == 0x81 && len(rest) >= 1 && rest[0] >= 0x80:
		length, rest = int(rest[0]), rest[1:]
	case length == 0x82 && len(rest) >= 2 && rest[0] != 0:
		length, rest = int(rest[0])<<8|int(rest[1]), rest[2:]
	default:
		return nil, false
	}
	if length > len(rest) {
		return nil, false
	}
	*r = rest[length:]
	return rest[:length], true
}

// Unsigned takes a non-negative INTEGER in its shortest form.
func (r *Reader) Unsigned() (n []byte, ok bool) {
	content, ok := r.Next(Integer)
	switch {
	case !ok || len(content) == 0 || content[0]&0x80 != 0:
		return nil, false
	case len(content) > 1 && content[0] == 0 && content[1]&0x80 == 0:
		return nil, false
	}
	return content, true
}

// BitString takes a BIT STRING of whole bytes.
func (r *Reader) BitString() (bits Reader, ok bool) {
	content, ok := r.Next(BitString)
	if !ok || len(content) == 0 || content[0] != 0 {
		return nil, false
	}
	return content[1:], true
}
