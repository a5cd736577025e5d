package demo

import (
	"bytes"
	"io"
	"sync"
)

// withoutAssets leaves the page's own files out of an access log: they would
// hide the requests that there is something to see about.
func withoutAssets(out io.Writer) io.Writer {
	if out == nil {
		return nil
	}
	return &lineFilter{out: out}
}

// lineFilter passes whole lines on.
type lineFilter struct {
	mu      sync.Mutex
	out     io.Writer
	partial []byte
}

// Write implements io.Writer.
func (f *lineFilter) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.partial = append(f.partial, p...)
	for {
		line, rest, whole := bytes.Cut(f.partial, []byte("\n"))
		if !whole {
			return len(p), nil
		}
		if !bytes.Contains(line, []byte(`"path":"/demo/`)) {
			if _, err := f.out.Write(append(line[:len(line):len(line)], '\n')); err != nil {
				return 0, err
			}
		}
		f.partial = append([]byte(nil), rest...)
	}
}
