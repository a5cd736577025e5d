package strictjson

// Object is the object that Members accepts.
func Object(data []byte) (object Value, ok bool) {
	if !Members(data, nil) {
		return Value{}, false
	}
	return Parse(data), true
}
