package request

import (
	"cmp"
	"strings"
)

// Reader reads one request after the other, for one configuration. It remembers
// what the names of header lines say, because most requests of a client have the
// same ones in the same order, and what cookie lines hold. What it remembers
// depends on nothing else.
type Reader struct {
	sources *Sources
	request Request

	layouts [layouts]*layout // those met last
	latest  int              // of them
	met     [64]uint32       // fingerprints of those that were met, and not remembered
	passing layout           // one that is not remembered

	cookies metCookies
}

// layouts is how many layouts are remembered. Browsers, and programs of one kind,
// have a few each.
const layouts = 16

// NewReader makes a reader of requests for a configuration with these sources.
func NewReader(s *Sources) *Reader {
	rd := &Reader{sources: s}
	if s != nil {
		rd.cookies.of = s.Cookies
	}
	return rd
}

// Read is [Read], for the reader's sources. What it returned before is void, and
// this is once the headers change.
func (rd *Reader) Read(headers [][2]string) *Request {
	l := rd.layout(headers)
	rd.request.reset(headers, l)
	rd.request.Sources, rd.request.met = rd.sources, &rd.cookies
	return &rd.request
}

// layout is the layout of these lines. One that is met for the second time is
// remembered: those of a client that makes up names are not.
func (rd *Reader) layout(headers [][2]string) *layout {
	for i := range rd.layouts {
		i = (rd.latest + i) % layouts
		if rd.layouts[i].fits(headers) {
			rd.latest = i
			return rd.layouts[i]
		}
	}
	print := fingerprint(headers)
	if met := &rd.met[print%uint32(len(rd.met))]; *met != print {
		*met = print
		rd.passing.read(headers, rd.sources)
		return &rd.passing
	}
	l := new(layout)
	l.read(headers, rd.sources)
	l.own()
	rd.latest = (rd.latest + layouts - 1) % layouts
	rd.layouts[rd.latest] = l
	return l
}

// fingerprint is a number that lines with other names mostly have not.
func fingerprint(headers [][2]string) uint32 {
	print := uint32(2166136261)
	for i := range headers {
		name := headers[i][0]
		print = (print ^ uint32(len(name))) * 16777619
		if name != "" {
			print = (print ^ uint32(name[0])<<8 ^ uint32(name[len(name)-1])) * 16777619
		}
	}
	return print
}

// reset makes r the request of these lines. What was read out of r before is void.
func (r *Request) reset(headers [][2]string, l *layout) {
	if l.capitals {
		headers = lowerNames(headers)
	}
	// The memory of the lists is used again; it is bounded.
	*r = Request{
		Headers: headers, layout: l, before: r.before,
		cookies: cookieList{all: r.cookies.all[:0]}, params: paramList{all: r.params.all[:0]},
	}
	r.Method, r.Scheme, r.Target = r.filled(slotMethod), r.filled(slotScheme), r.filled(slotPath)
	r.Authority = cmp.Or(r.filled(slotAuthority), r.filled(slotHost))
	// Most requests have the authority of the one before.
	if r.Authority != r.before.authority {
		r.before.authority = strings.Clone(r.Authority)
		r.before.host, r.before.port, _ = splitAuthority(r.before.authority)
	}
	r.Host, r.port = r.before.host, r.before.port
}
