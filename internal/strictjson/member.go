package strictjson

// Member follows names, one for each level, into an object that Object has
// accepted. Names are exact: no character of them is an operator, as it would
// be in a gjson path. The result does not exist if a name is missing or what
// should hold it is no object; of two members of one name the first counts.
// Other members are passed over: what they are takes no memory, and no time but
// for their length.
func Member(object Value, names ...string) Value {
	for _, name := range names {
		if !object.IsObject() {
			return Value{}
		}
		r := reader{text: object.Raw}
		object = r.find(name)
	}
	return object
}

// find is the value of the first member of that name.
func (r *reader) find(name string) (value Value) {
	r.at++
	if r.empty('}') {
		return value
	}
	for {
		r.skipSpace()
		if r.at == len(r.text) || r.text[r.at] != '"' {
			return value
		}
		this, ok := r.str(true)
		r.skipSpace()
		if !ok || r.at == len(r.text) || r.text[r.at] != ':' {
			return value
		}
		r.at++
		r.skipSpace()
		begin := r.at
		if this == name {
			if text, ok := r.textOf(); ok {
				value = Value{r.text[begin:r.at], text}
			}
			return value
		}
		if !r.value() {
			return value
		}
		if more, _ := r.next('}'); !more {
			return value
		}
	}
}
