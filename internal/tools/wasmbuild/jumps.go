package wasmbuild

import (
	"fmt"

	"github.com/sessiongate/sessiongate/internal/tools/wasmfile"
)

// What the jumps of a module that Go has compiled are like: with Go 1.26, all of
// its tables are known, and 86 % of its jumps lead forward.
const (
	minKnown   = 95 // percent of the functions with a table
	minForward = 70 // percent of the jumps
)

// straighten makes the jumps of a module direct, and the module smaller.
func straighten(module []byte) ([]byte, error) {
	straight, jumps, err := wasmfile.Straighten(module)
	if err != nil {
		return nil, fmt.Errorf("making jumps direct: %w", err)
	}
	if err := enough(jumps); err != nil {
		return nil, err
	}
	short, err := wasmfile.Shorten(straight)
	if err != nil {
		return nil, fmt.Errorf("shortening: %w", err)
	}
	if err := wasmfile.Check(short); err != nil {
		return nil, fmt.Errorf("the rewritten module cannot be read: %w", err)
	}
	return short, nil
}

// enough reports as an error what a compiler that writes jumps in another way
// would lead to: a module that works, but is as slow as before.
func enough(j wasmfile.Jumps) error {
	const changed = "Go's compiler has changed how it writes jumps; compare internal/tools/wasmfile/dispatch.go with cmd/internal/obj/wasm"
	switch {
	case j.Tables == 0:
		return fmt.Errorf("no function has a table of places to jump to: %s", changed)
	case j.Known*100 < j.Tables*minKnown:
		return fmt.Errorf("only %d of %d functions with a table of places to jump to are as expected, less than %d %%: %s",
			j.Known, j.Tables, minKnown, changed)
	case j.Forward*100 < j.Jumps*minForward:
		return fmt.Errorf("only %d of %d jumps could be made direct, less than %d %%: %s", j.Forward, j.Jumps, minForward, changed)
	case j.Jumps == 0:
		return fmt.Errorf("no jumps in %d functions with a table of places to jump to: %s", j.Known, changed)
	}
	return nil
}
