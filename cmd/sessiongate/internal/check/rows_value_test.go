package check

var valueRows = []row{}
