package check

var istioRows = []row{}
