package envoy

import (
	"bytes"
	"sync"
)

// logBuffer collects what a process writes.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logBuffer) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// tail is the end of the log, at most n bytes.
func (l *logBuffer) tail(n int) string {
	text := l.text()
	return text[max(0, len(text)-n):]
}
