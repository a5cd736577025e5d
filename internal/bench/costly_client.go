package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"github.com/sessiongate/sessiongate/internal/bench/costly"
)

// answered is what one request got.
type answered struct {
	status  int
	answers bool // it is the filter's own answer, or the route's: not a refusal of the proxy's
}

// client makes one request after the other over one connection.
type client interface {
	ask(request *costly.Request) (answered, error)
	close()
}

// slowest is how long an answer may take.
const slowest = 20 * time.Second

func dial(addr string, inHTTP2 bool) (client, error) {
	if inHTTP2 {
		return dialHTTP2(addr)
	}
	return &http1Client{addr: addr}, nil
}

// ofFilter tells by an answer's headers that it is the filter's or the route's.
func ofFilter(status int, contentType, location string) bool {
	return status == http.StatusOK || contentType == "application/problem+json" || location != ""
}

// http1Client connects when it has to: Envoy closes a connection after it has
// answered 400.
type http1Client struct {
	addr   string
	conn   net.Conn
	reader *bufio.Reader
}

func (c *http1Client) close() {
	if c.conn != nil {
		c.conn.Close()
		c.conn = nil
	}
}

func (c *http1Client) ask(request *costly.Request) (got answered, err error) {
	if c.conn == nil {
		if c.conn, err = net.Dial("tcp", c.addr); err != nil {
			return got, err
		}
		// A redirect can have a line that is longer than the request's.
		c.reader = bufio.NewReaderSize(c.conn, 512<<10)
	}
	_ = c.conn.SetDeadline(time.Now().Add(slowest))
	if _, err := c.conn.Write(request.HTTP1()); err != nil {
		return got, err
	}
	response, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		return got, err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return got, err
	}
	if response.Close {
		c.close()
	}
	got.status = response.StatusCode
	got.answers = ofFilter(got.status, response.Header.Get("Content-Type"), response.Header.Get("Location"))
	return got, nil
}

// http2Client keeps the table of headers from one request to the next: a line
// that was sent before is one byte.
type http2Client struct {
	conn    net.Conn
	framer  *http2.Framer
	block   bytes.Buffer
	encoder *hpack.Encoder
	stream  uint32
}

func dialHTTP2(addr string) (client, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	c := &http2Client{conn: conn, framer: http2.NewFramer(conn, conn), stream: 1}
	c.framer.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	c.encoder = hpack.NewEncoder(&c.block)
	if _, err := io.WriteString(conn, http2.ClientPreface); err != nil {
		conn.Close()
		return nil, err
	}
	if err := c.framer.WriteSettings(http2.Setting{ID: http2.SettingEnablePush, Val: 0}); err != nil {
		conn.Close()
		return nil, err
	}
	return c, nil
}

func (c *http2Client) close() { c.conn.Close() }

func (c *http2Client) ask(request *costly.Request) (answered, error) {
	_ = c.conn.SetDeadline(time.Now().Add(slowest))
	for _, line := range request.Lines() {
		if err := c.encoder.WriteField(hpack.HeaderField{Name: line[0], Value: line[1]}); err != nil {
			return answered{}, err
		}
	}
	stream := c.stream
	c.stream += 2
	const most = 16 << 10
	for first := true; first || c.block.Len() > 0; first = false {
		fragment := c.block.Next(most)
		last := c.block.Len() == 0
		var err error
		if first {
			err = c.framer.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: fragment, EndStream: true, EndHeaders: last})
		} else {
			err = c.framer.WriteContinuation(stream, last, fragment)
		}
		if err != nil {
			return answered{}, err
		}
	}
	return c.answer(stream)
}

// answer reads frames up to the end of a stream.
func (c *http2Client) answer(stream uint32) (got answered, err error) {
	for {
		frame, err := c.framer.ReadFrame()
		if err != nil {
			return got, err
		}
		switch frame := frame.(type) {
		case *http2.SettingsFrame:
			if !frame.IsAck() {
				err = c.framer.WriteSettingsAck()
			}
		case *http2.PingFrame:
			err = c.framer.WritePing(true, frame.Data)
		case *http2.MetaHeadersFrame:
			got = answerOf(frame)
		case *http2.DataFrame:
			if n := frame.Header().Length; n > 0 {
				err = c.framer.WriteWindowUpdate(0, n)
			}
		case *http2.RSTStreamFrame:
			return got, fmt.Errorf("the proxy resets the stream: %v", frame.ErrCode)
		case *http2.GoAwayFrame:
			return got, fmt.Errorf("the proxy goes away: %v", frame.ErrCode)
		}
		if err != nil || frame.Header().StreamID == stream && frame.Header().Flags.Has(http2.FlagDataEndStream) {
			return got, err
		}
	}
}

func answerOf(frame *http2.MetaHeadersFrame) (got answered) {
	var contentType, location string
	for _, field := range frame.Fields {
		switch field.Name {
		case ":status":
			_, _ = fmt.Sscan(field.Value, &got.status)
		case "content-type":
			contentType = field.Value
		case "location":
			location = field.Value
		}
	}
	got.answers = ofFilter(got.status, contentType, location)
	return got
}
