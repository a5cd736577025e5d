package check

var envoyRows = []row{}
