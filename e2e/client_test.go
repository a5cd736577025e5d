package e2e

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// response is what a client got.
type response struct {
	Status   int
	Headers  [][2]string // names in lower case
	Body     string
	Trailers [][2]string
}

// clientTimeout is how long a client waits for an answer.
const clientTimeout = 20 * time.Second

// send writes a request as it is, without putting anything in order, on a
// connection of its own.
func send(addr string, s sent) (response, error) {
	conn, err := net.DialTimeout("tcp", addr, 5*time.Second)
	if err != nil {
		return response{}, err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(clientTimeout))
	if s.HTTP2 {
		return sendHTTP2(conn, s)
	}
	return sendHTTP1(conn, s)
}

func sendHTTP1(conn net.Conn, s sent) (response, error) {
	if _, err := conn.Write(s.http1()); err != nil {
		return response{}, err
	}
	return readHTTP1(bufio.NewReader(conn), s.Method)
}

func (s sent) http1() []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s %s HTTP/1.1\r\nHost: %s\r\n", s.Method, s.Target, s.Authority)
	for _, h := range s.Headers {
		fmt.Fprintf(&out, "%s: %s\r\n", h[0], h[1])
	}
	switch {
	case s.Trailers != nil || s.Chunked:
		out.WriteString("Transfer-Encoding: chunked\r\n\r\n")
		if s.Body != "" {
			fmt.Fprintf(&out, "%x\r\n%s\r\n", len(s.Body), s.Body)
		}
		out.WriteString("0\r\n")
		for _, h := range s.Trailers {
			fmt.Fprintf(&out, "%s: %s\r\n", h[0], h[1])
		}
	case s.Body != "":
		fmt.Fprintf(&out, "Content-Length: %d\r\n\r\n%s", len(s.Body), s.Body)
		return out.Bytes()
	}
	out.WriteString("\r\n")
	return out.Bytes()
}

func readHTTP1(r *bufio.Reader, method string) (response, error) {
	answer, err := http.ReadResponse(r, &http.Request{Method: method})
	if err != nil {
		return response{}, err
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusSwitchingProtocols {
		return response{Status: answer.StatusCode, Headers: lines(answer.Header)}, nil
	}
	body, err := io.ReadAll(answer.Body)
	return response{answer.StatusCode, lines(answer.Header), string(body), lines(answer.Trailer)}, err
}

func lines(header http.Header) [][2]string {
	var all [][2]string
	for name, values := range header {
		for _, value := range values {
			all = append(all, [2]string{strings.ToLower(name), value})
		}
	}
	return all
}

// sendHTTP2 speaks HTTP/2 with prior knowledge, one stream.
func sendHTTP2(conn net.Conn, s sent) (response, error) {
	if _, err := io.WriteString(conn, http2.ClientPreface); err != nil {
		return response{}, err
	}
	framer := http2.NewFramer(conn, conn)
	framer.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	if err := framer.WriteSettings(http2.Setting{ID: http2.SettingEnablePush, Val: 0}); err != nil {
		return response{}, err
	}
	headers := [][2]string{{":method", s.Method}, {":scheme", "http"}, {":authority", s.Authority}, {":path", s.Target}}
	for _, h := range s.Headers {
		headers = append(headers, [2]string{strings.ToLower(h[0]), h[1]})
	}
	if err := writeHeaders(framer, headers, !s.hasBody()); err != nil {
		return response{}, err
	}
	if s.Body != "" {
		if err := framer.WriteData(1, s.Trailers == nil, []byte(s.Body)); err != nil {
			return response{}, err
		}
	}
	if s.Trailers != nil {
		if err := writeHeaders(framer, s.Trailers, true); err != nil {
			return response{}, err
		}
	}
	return readHTTP2(framer)
}

// writeHeaders writes a header block, in several frames if it is long.
func writeHeaders(framer *http2.Framer, headers [][2]string, end bool) error {
	var block bytes.Buffer
	encoder := hpack.NewEncoder(&block)
	for _, h := range headers {
		if err := encoder.WriteField(hpack.HeaderField{Name: strings.ToLower(h[0]), Value: h[1]}); err != nil {
			return err
		}
	}
	const most = 16 << 10
	first := true
	for {
		fragment := block.Next(most)
		last := block.Len() == 0
		var err error
		if first {
			err = framer.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: fragment, EndStream: end, EndHeaders: last})
		} else {
			err = framer.WriteContinuation(1, last, fragment)
		}
		if err != nil || last {
			return err
		}
		first = false
	}
}

func readHTTP2(framer *http2.Framer) (response, error) {
	var answer response
	for {
		frame, err := framer.ReadFrame()
		if err != nil {
			return answer, err
		}
		switch frame := frame.(type) {
		case *http2.SettingsFrame:
			if !frame.IsAck() {
				if err := framer.WriteSettingsAck(); err != nil {
					return answer, err
				}
			}
		case *http2.MetaHeadersFrame:
			for _, field := range frame.Fields {
				switch {
				case field.Name == ":status":
					answer.Status, _ = strconv.Atoi(field.Value)
				case len(answer.Headers) > 0 && frame.StreamEnded() && answer.Body != "":
					answer.Trailers = append(answer.Trailers, [2]string{field.Name, field.Value})
				default:
					answer.Headers = append(answer.Headers, [2]string{field.Name, field.Value})
				}
			}
			if frame.StreamEnded() {
				return answer, nil
			}
		case *http2.DataFrame:
			answer.Body += string(frame.Data())
			if frame.StreamEnded() {
				return answer, nil
			}
		case *http2.RSTStreamFrame:
			return answer, fmt.Errorf("the stream was reset: %v", frame.ErrCode)
		case *http2.GoAwayFrame:
			return answer, fmt.Errorf("the connection was closed: %v", frame.ErrCode)
		}
	}
}
