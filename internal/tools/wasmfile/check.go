package wasmfile

import "fmt"

// order is how the sections of a module follow one another.
var order = []byte{1, 2, sectionFunction, 4, 5, 13, 6, sectionExport, 8, 9, 12, sectionCode, 11}

// Check reads a whole module again: its sections come in order and once, there
// is code for each function, each instruction can be read, blocks are closed in
// order, and branches lead to blocks that are open. It does not check types.
func Check(module []byte) error {
	all, err := sections(module)
	if err != nil {
		return err
	}
	var declared, defined uint64
	rest := order
	for _, s := range all {
		if s.id == sectionCustom {
			continue
		}
		for len(rest) > 0 && rest[0] != s.id {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			return fmt.Errorf("section %d is unknown, twice there or out of order: %w", s.id, errFormat)
		}
		rest = rest[1:]
		switch s.id {
		case sectionFunction:
			r := reader{rest: s.content}
			declared = uint64(len(r.numbers(0)))
			if r.failed || len(r.rest) > 0 {
				return errFormat
			}
		case sectionCode:
			if defined, err = functions(s.content, func([]byte, []instruction) {}); err != nil {
				return err
			}
		}
	}
	if declared != defined {
		return fmt.Errorf("%d functions are declared and %d defined: %w", declared, defined, errFormat)
	}
	return nil
}
