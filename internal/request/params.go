package request

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/reason"
)

// maxParams is how many parameters that matter are remembered. No honest
// request has as many.
const maxParams = 64

// param is a parameter that matters. Places are those of bytes in the target.
type param struct {
	begin, end int  // what stands between the separators that any server knows
	equals     int  // where the first "=" is, or the end
	strict     bool // it is one also to servers that know only "&"
	taken      bool // some server reads a name in it that is taken away
}

// name is the name as it stands.
func (p *param) name(target string) string { return target[p.begin:p.equals] }

// value is the value as it stands, to those who know all separators.
func (p *param) value(target string) string {
	return strings.TrimPrefix(target[p.equals:p.end], "=")
}

// strictValue is the value as it stands, to those who know only "&".
func (p *param) strictValue(target string) string {
	value := strings.TrimPrefix(target[p.equals:], "=")
	value, _, _ = strings.Cut(value, "&")
	value, _, _ = strings.Cut(value, "#")
	return value
}

// paramList are the parameters that matter, found in one pass.
type paramList struct {
	of      *Names // nil: not looked for yet
	all     []param
	tooMany bool
}

// findParams finds the parameters with these names, unless it has done so.
func (r *Request) findParams(names *Names) {
	if r.params.of == names {
		return
	}
	r.params = paramList{of: names, all: r.params.all[:0]}
	for s := newParamScanner(r.Target, names); s.next(); {
		if len(r.params.all) == maxParams {
			r.params.tooMany = true
			return
		}
		r.params.all = append(r.params.all, s.param)
	}
}

// paramNames are those to look for, of which name is one.
func (r *Request) paramNames(name string) *Names {
	if r.Sources != nil && r.Sources.Params.has(name) {
		return r.Sources.Params
	}
	return ParamNames([]string{name}, []string{name})
}

// Param is the value of a query parameter, form-decoded. Several equal values
// count as one; different ones are reason.AuthorizationAmbiguous, and so are a
// value beside one that only a laxer server would read (see WithoutParams),
// and more parameters of such names than are remembered. The value may be
// empty.
func (r *Request) Param(name string) (value string, present bool, bad reason.Reason) {
	r.findParams(r.paramNames(name))
	if r.params.tooMany {
		return "", false, reason.AuthorizationAmbiguous
	}
	raw := "" // the value, encoded
	for i := range r.params.all {
		p := &r.params.all[i]
		if !p.strict || !formDecodesTo(p.name(r.Target), name) {
			continue
		}
		if v := p.strictValue(r.Target); !present {
			raw, value, present = v, formDecode(v), true
		} else if v != raw && !formDecodesTo(v, value) {
			return "", false, reason.AuthorizationAmbiguous
		}
	}
	if !present {
		return "", false, reason.None
	}
	own := r.params.of.named(name)
	for i := range r.params.all {
		p := &r.params.all[i]
		if v := p.value(r.Target); v != raw && !formDecodesTo(v, value) && own.alone.match(p.name(r.Target)) {
			return "", false, reason.AuthorizationAmbiguous
		}
	}
	return value, true, reason.None
}

// FirstParam is the first value of a query parameter, form-decoded.
func (r *Request) FirstParam(name string) (value string, present bool) {
	r.findParams(r.paramNames(name))
	for i := range r.params.all {
		if p := &r.params.all[i]; p.strict && formDecodesTo(p.name(r.Target), name) {
			return formDecode(p.strictValue(r.Target)), true
		}
	}
	return "", false
}
