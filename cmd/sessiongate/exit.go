package main

import "errors"

// status is an error that was reported already and decides what the command
// exits with.
type status int

func (status) Error() string { return "" }

// Exit statuses of commands that judge a configuration.
const (
	statusInvalid status = 1 // the configuration has errors
	statusUnread  status = 2 // it could not be read, or the command was not understood
)

// exitStatus is what a command that ended with err exits with.
func exitStatus(err error) int {
	var s status
	switch {
	case err == nil:
		return 0
	case errors.As(err, &s):
		return int(s)
	}
	return int(statusUnread)
}
