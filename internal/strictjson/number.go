package strictjson

// number reads a number as RFC 8259 section 6 writes it.
func (r *reader) number() bool {
	begin := r.at
	switch {
	case r.digitsAndSigns():
		return true
	case r.at == begin:
		return r.fail(noValue)
	}
	return r.fail("a number is not one of JSON's")
}

func (r *reader) digitsAndSigns() bool {
	r.take('-', '-')
	if !r.take('0', '0') && !r.digits() {
		return false
	}
	if r.take('.', '.') && !r.digits() {
		return false
	}
	if r.take('e', 'E') {
		r.take('+', '-')
		return r.digits()
	}
	return true
}

func (r *reader) digits() bool {
	begin := r.at
	for r.at < len(r.text) && r.text[r.at] >= '0' && r.text[r.at] <= '9' {
		r.at++
	}
	return r.at > begin
}
