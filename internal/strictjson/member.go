package strictjson

// Member follows names, one for each level, into an object that Members has
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
func (r *reader) find(name string) Value {
	r.at++
	if r.empty('}') {
		return Value{}
	}
	for {
		this, ok := r.name(true)
		if !ok {
			return Value{}
		}
		begin := r.at
		text, ok := r.value(this == name)
		if ok && this == name {
			return Value{r.text[begin:r.at], text}
		}
		if more, _ := r.next('}'); !ok || !more {
			return Value{}
		}
	}
}
