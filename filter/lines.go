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
	text := binary.LittleEndian.AppendUint32(make([]byte, 0, 512), uint32(len(lines)))
	for _, line := range lines {
		text = binary.LittleEndian.AppendUint32(text, uint32(len(line[0])))
		text = binary.LittleEndian.AppendUint32(text, uint32(len(line[1])))
	}
	for _, line := range lines {
		text = append(append(text, line[0]...), 0)
		text = append(append(text, line[1]...), 0)
	}
	return text
}

func number(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}
