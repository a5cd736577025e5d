package jwks

// DER (X.690) as far as public keys need it: tag, definite length in the
// fewest bytes, content. Written here because crypto/x509 would add megabytes
// and system calls that older hosts do not offer.

// The tags.
const (
	tagInteger   = 0x02
	tagBitString = 0x03
	tagNull      = 0x05
	tagOID       = 0x06
	tagSequence  = 0x30
)

// encodeDER writes one element; the content is the parts one after the other.
func encodeDER(tag byte, parts ...[]byte) []byte {
	length := 0
	for _, part := range parts {
		length += len(part)
	}
	out := make([]byte, 0, length+5)
	out = append(out, tag)
	switch {
	case length < 1<<7:
		out = append(out, byte(length))
	case length < 1<<8:
		out = append(out, 0x81, byte(length))
	default: // keys are bounded far below 1<<16
		out = append(out, 0x82, byte(length>>8), byte(length))
	}
	for _, part := range parts {
		out = append(out, part...)
	}
	return out
}

// encodeUnsigned writes a non-negative INTEGER given without leading zeros.
func encodeUnsigned(n []byte) []byte {
	if len(n) == 0 || n[0]&0x80 != 0 {
		return encodeDER(tagInteger, []byte{0}, n)
	}
	return encodeDER(tagInteger, n)
}

// derReader takes elements off the front of what is left.
type derReader []byte

// next takes one element of that tag. ok is false if there is none, or its
// length is not written as DER demands.
func (r *derReader) next(tag byte) (content derReader, ok bool) {
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

// unsigned takes a non-negative INTEGER in its shortest form.
func (r *derReader) unsigned() (n []byte, ok bool) {
	content, ok := r.next(tagInteger)
	switch {
	case !ok || len(content) == 0 || content[0]&0x80 != 0:
		return nil, false
	case len(content) > 1 && content[0] == 0 && content[1]&0x80 == 0:
		return nil, false
	}
	return content, true
}

// bitString takes a BIT STRING of whole bytes.
func (r *derReader) bitString() (bits derReader, ok bool) {
	content, ok := r.next(tagBitString)
	if !ok || len(content) == 0 || content[0] != 0 {
		return nil, false
	}
	return content[1:], true
}
