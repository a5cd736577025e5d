package wasmfile

import (
	"encoding/binary"
	"errors"
	"fmt"
)

var (
	errFunction = errors.New("not a function that can be read")
	errLabels   = errors.New("its blocks are not closed in order, or a branch leads out of them")
)

// rewrite gives a module with each of its functions replaced.
func rewrite(module []byte, replace func(code []instruction) []instruction) ([]byte, error) {
	all, err := sections(module)
	if err != nil {
		return nil, err
	}
	for n, s := range all {
		if s.id != sectionCode {
			continue
		}
		var code []byte
		count, err := functions(s.content, func(locals []byte, body []instruction) {
			code = appendFunction(code, locals, replace(body))
		})
		if err != nil {
			return nil, err
		}
		all[n].content = append(binary.AppendUvarint(nil, count), code...)
	}
	return join(all), nil
}

// functions visits the functions of a code section, and counts them. Their
// blocks are known to be in order.
func functions(content []byte, visit func(locals []byte, code []instruction)) (count uint64, err error) {
	r := reader{rest: content}
	count = r.number()
	for n := uint64(0); n < count && !r.failed; n++ {
		function := reader{rest: r.bytes(r.number())}
		locals := function.locals()
		var code []instruction
		for len(function.rest) > 0 && !function.failed {
			code = append(code, function.instruction())
		}
		switch {
		case function.failed:
			return 0, fmt.Errorf("function %d: %w", n, errFunction)
		case !nested(code):
			return 0, fmt.Errorf("function %d: %w", n, errLabels)
		}
		visit(locals, code)
	}
	if r.failed || len(r.rest) > 0 {
		return 0, errFormat
	}
	return count, nil
}

// locals reads the declaration of a function's locals.
func (r *reader) locals() []byte {
	start := r.rest
	for n := r.number(); n > 0 && !r.failed; n-- {
		r.number()
		r.byte()
	}
	return start[:len(start)-len(r.rest)]
}

// nested reports whether blocks are closed in order, the last of them (the
// function itself) by the last instruction, and whether each branch leads to an
// open label.
func nested(code []instruction) bool {
	open := []byte{opBlock}
	for n, i := range code {
		top := len(open) - 1
		switch i.op {
		case opBlock, opLoop, opIf:
			open = append(open, i.op)
		case opElse:
			if open[top] != opIf {
				return false
			}
			open[top] = opElse
		case opEnd:
			if open = open[:top]; top == 0 {
				return n == len(code)-1
			}
		case opBr, opBrIf:
			if uint64(i.arg) > uint64(top) {
				return false
			}
		case opBrTable:
			for _, label := range i.labels {
				if label > uint64(top) {
					return false
				}
			}
		}
	}
	return false
}

func appendFunction(to, locals []byte, code []instruction) []byte {
	size := len(locals)
	for _, i := range code {
		size += len(i.raw)
	}
	to = append(binary.AppendUvarint(to, uint64(size)), locals...)
	for _, i := range code {
		to = append(to, i.raw...)
	}
	return to
}
