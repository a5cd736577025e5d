package check

var gatewayRows = []row{}
