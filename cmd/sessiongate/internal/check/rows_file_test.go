package check

var fileRows = []row{}
