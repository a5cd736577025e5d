package filter

import (
	"encoding/binary"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// readLines reads header lines as proxy-wasm hosts write them: their number,
// the lengths of each one's name and value, and then all names and values, a
// zero byte after each; numbers have 32 bits, the lowest first. The lines share
// the text's memory.
func readLines(into [][2]string, text string) (lines [][2]string, ok bool) {
	if len(text) < 4 {
		return into, false
	}
	count := int(number(text))
	if count > (len(text)-4)/8 {
		return into, false
	}
	lengths, at := text[4:4+8*count], 4+8*count
	for i := range count {
		both := bytealg.Word(lengths[8*i:])
		name, value := int(uint32(both)), int(both>>32)
		if name+value+2 > len(text)-at {
			return into, false
		}
		into = append(into, [2]string{text[at : at+name], text[at+name+1 : at+name+1+value]})
		at += name + value + 2
	}
	return into, true
}

// writeLines writes header lines as readLines reads them.
func writeLines(lines [][2]string) []byte {
	size := 4
	for i := range lines {
		size += len(lines[i][0]) + len(lines[i][1]) + 10
	}
	text := make([]byte, size)
	putNumber(text, len(lines))
	at, lengths := 4+8*len(lines), 4
	for i := range lines {
		for _, part := range lines[i] {
			putNumber(text[lengths:], len(part))
			lengths += 4
			at += copy(text[at:], part) + 1
		}
	}
	return text
}

func putNumber(to []byte, n int) { binary.LittleEndian.PutUint32(to, uint32(n)) }

func number(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}
