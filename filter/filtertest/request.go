package filtertest

// Request is what a client sends.
type Request struct {
	// Headers are the lines as sent, pseudo headers included; what is missing
	// of :method, :scheme, :authority, :path is GET https app.example.com /.
	Headers [][2]string
	// Body says that a body follows the headers.
	Body bool
	// Trailers are sent after the body, if not nil.
	Trailers [][2]string
	// Upstream is what the upstream would answer; 200 if its status is 0.
	Upstream Response
	// CutOff is when the client leaves, if it does.
	CutOff CutOff
}

// CutOff is a moment at which a client leaves.
type CutOff uint8

// The moments.
const (
	NotCutOff CutOff = iota
	BeforeHeaders
	AfterHeaders
	BeforeTrailers // forwarded, without an answer
	BeforeResponse // forwarded, its trailers too
	CutOffs        // how many there are
)

// Get is a GET of https://app.example.com with the path and further headers.
func Get(path string, headers ...[2]string) Request {
	return Request{Headers: append([][2]string{{":path", path}}, headers...)}
}

// Response is what the client gets.
type Response struct {
	Status     int
	Headers    [][2]string
	Body       string
	GRPCStatus int32  // -1: none given
	Details    string // of an answer by the filter, for access logs
}

// Header is the first value of a header, empty if there is none.
func (r Response) Header(name string) string { return first(r.Headers, name) }

// Result is what has become of a request so far.
type Result struct {
	// Waiting: the filter has paused the request.
	Waiting bool
	// Forwarded: the request reached the upstream.
	Forwarded bool
	// RequestHeaders are the lines after the filter: what the upstream gets,
	// or what an access log of the filter's answer sees.
	RequestHeaders [][2]string
	Trailers       [][2]string
	// TrailersForwarded: the trailers, if any, reached the upstream.
	TrailersForwarded bool
	// Properties are those set on the stream, names without "wasm.".
	Properties map[string]string
	// Response is the upstream's as the filter left it, or the filter's own.
	Response Response
}

// Header is the first value of a request header after the filter.
func (r Result) Header(name string) string { return first(r.RequestHeaders, name) }
