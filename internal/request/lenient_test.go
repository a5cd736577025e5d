package request_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
)

// lenientReaders decode a part as the libraries do that backends have at hand
// where they do not verify. Tried with Python 3.11, Node.js 20 and PHP's source.
var lenientReaders = map[string]func(string) []byte{
	"Python, base64.urlsafe_b64decode": func(s string) []byte { return decodePython(strings.NewReplacer("-", "+", "_", "/").Replace(s)) },
	"Python, base64.b64decode":         decodePython,
	"Node.js, Buffer.from":             decodeNode,
	"PHP, base64_decode":               decodePHP,
	"PHP, with strtr":                  func(s string) []byte { return decodePHP(strings.NewReplacer("-", "+", "_", "/").Replace(s)) },
}

// decodePython is binascii.a2b_base64 where it is not strict: other bytes are
// skipped, padding counts where it ends a group, and a group that is not whole is
// an error, which callers mend by adding padding.
func decodePython(s string) []byte {
	var kept []byte
	pads := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '=':
			if pads++; len(kept)%4 >= 2 && len(kept)%4+pads >= 4 {
				return unpadded(kept)
			}
		case isStandard(c):
			kept, pads = append(kept, c), 0
		}
	}
	return unpadded(kept)
}

// decodeNode takes both alphabets, skips other bytes, and stops at padding.
func decodeNode(s string) []byte {
	s, _, _ = strings.Cut(s, "=")
	var kept []byte
	for i := range len(s) {
		switch c := s[i]; {
		case c == '-':
			kept = append(kept, '+')
		case c == '_':
			kept = append(kept, '/')
		case isStandard(c):
			kept = append(kept, c)
		}
	}
	return unpadded(kept)
}

// decodePHP skips other bytes, padding among them.
func decodePHP(s string) []byte {
	var kept []byte
	for i := range len(s) {
		if isStandard(s[i]) {
			kept = append(kept, s[i])
		}
	}
	return unpadded(kept)
}

func isStandard(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '+' || c == '/'
}

// unpadded decodes the standard alphabet; a last letter alone says nothing.
func unpadded(s []byte) []byte {
	if len(s)%4 == 1 {
		s = s[:len(s)-1]
	}
	out, _ := base64.RawStdEncoding.DecodeString(string(s))
	return out
}

// readObject reads a JSON object as the readers do: Python takes UTF-16 and
// UTF-32 too, and every reader some byte order marks.
func readObject(data []byte) (object string, ok bool) {
	for _, text := range [][]byte{data, bytes.TrimPrefix(data, []byte("\ufeff")), fromUnits(data, 2, 0), fromUnits(data, 2, 1), fromUnits(data, 4, 0), fromUnits(data, 4, 3)} {
		text = bytes.TrimLeft(text, " \t\r\n")
		if len(text) > 0 && text[0] == '{' && json.Valid(text) {
			return string(text), true
		}
	}
	return "", false
}

// fromUnits takes the ASCII out of UTF-16 or UTF-32: one byte of each unit.
func fromUnits(data []byte, size, at int) []byte {
	var out []byte
	for i := 0; i+size <= len(data); i += size {
		unit := data[i : i+size]
		if bytes.Count(unit, []byte{0}) == size-1 && unit[at] != 0 {
			out = append(out, unit[at])
		} else if len(out) > 0 {
			out = append(out, 'x') // some letter of a text
		}
	}
	return out
}

// realReaders decode lines, and print what they make of each in hex.
var realReaders = []struct {
	model   string
	command []string
}{
	{"Node.js, Buffer.from", []string{"node", "-e", `for (const line of require('fs').readFileSync(0, 'latin1').split('\n').slice(0, -1))
		console.log(Buffer.from(line, 'base64').toString('hex'))`}},
	{"Python, base64.urlsafe_b64decode", []string{"python3", "-c", pythonReader, "urlsafe_b64decode"}},
	{"Python, base64.b64decode", []string{"python3", "-c", pythonReader, "b64decode"}},
	{"PHP, base64_decode", []string{"php", "-r", `while (($line = fgets(STDIN)) !== false) echo bin2hex((string) base64_decode(rtrim($line, "\n"))), "\n";`}},
}

// pythonReader adds padding until the text is taken, as libraries do for tokens.
const pythonReader = `
import base64, binascii, sys
for line in sys.stdin.buffer:
    text, out = line.rstrip(b"\n"), b""
    for padding in (b"", b"=", b"=="):
        try:
            out = getattr(base64, sys.argv[1])(text + padding)
            break
        except binascii.Error:
            pass
    print(out.hex())
`

// TestLenientReaders holds the models of the fuzz target to the readers, where
// these are installed: a reader never sees more than its model.
func TestLenientReaders(t *testing.T) {
	const alphabet = "eyJ01zAbc-_+/=!*~"
	random := rand.New(rand.NewPCG(1, 2))
	var parts []string
	for range 5000 {
		part := make([]byte, random.IntN(24))
		for i := range part {
			part[i] = alphabet[random.IntN(len(alphabet))]
		}
		parts = append(parts, string(part))
	}
	for _, reader := range realReaders {
		t.Run(reader.model, func(t *testing.T) {
			if _, err := exec.LookPath(reader.command[0]); err != nil {
				t.Skip(err)
			}
			cmd := exec.Command(reader.command[0], reader.command[1:]...)
			cmd.Stdin = strings.NewReader(strings.Join(parts, "\n") + "\n")
			out, err := cmd.Output()
			if err != nil {
				t.Skip(err)
			}
			lines := bufio.NewScanner(bytes.NewReader(out))
			for _, part := range parts {
				lines.Scan()
				got, err := hex.DecodeString(lines.Text())
				if err != nil {
					t.Fatal(err)
				}
				if model := lenientReaders[reader.model](part); !bytes.HasPrefix(model, got) {
					t.Errorf("%q: it reads %x, the model %x", part, got, model)
				}
			}
		})
	}
}
