package session

import (
	"slices"
	"strings"
)

// IsHost reports whether s is a host name: labels with dots between them.
func IsHost(s string) bool {
	isNone := func(label string) bool { return !IsLabel(label) }
	return len(s) <= 253 && !slices.ContainsFunc(strings.Split(s, "."), isNone)
}

// IsLabel reports whether s can stand as a label of a host name.
func IsLabel(s string) bool {
	if len(s) == 0 || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	return strings.Trim(s, "-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
