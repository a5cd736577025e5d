// Package exit holds what the commands exit with.
package exit

import "errors"

// Status is an error that was reported already and decides what the command
// exits with.
type Status int

func (Status) Error() string { return "" }

// The statuses of all commands. 0 is success.
const (
	Refused Status = 1 // what was looked at is not right
	Failed  Status = 2 // it could not be looked at, or the command was not understood
)

// Reported reports whether a message about err was printed already.
func Reported(err error) bool {
	var s Status
	return errors.As(err, &s)
}

// Code is what a command that ended with err exits with.
func Code(err error) int {
	var s Status
	switch {
	case err == nil:
		return 0
	case errors.As(err, &s):
		return int(s)
	}
	return int(Failed)
}
