package session

// Vendor is what a preset's sessions mean.
type Vendor struct{ Name string }

type clerkInstance struct{}
