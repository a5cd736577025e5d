package wasmfile

// Import is something that a module needs of its host.
type Import struct{ Module, Name string }

// Imports lists what a module needs, in its order.
func Imports(module []byte) ([]Import, error) {
	all, err := sections(module)
	if err != nil {
		return nil, err
	}
	var imports []Import
	for _, s := range all {
		if s.id != sectionImport {
			continue
		}
		r := reader{rest: s.content}
		for n := r.number(); n > 0 && !r.failed; n-- {
			imports = append(imports, Import{r.name(), r.name()})
			switch r.byte() {
			case 0: // function: its type
				r.number()
			case 1: // table: type of its elements, limits
				r.byte()
				r.limits()
			case 2: // memory
				r.limits()
			case 3: // global: type, mutability
				r.bytes(2)
			default:
				return nil, errFormat
			}
		}
		if r.failed {
			return nil, errFormat
		}
	}
	return imports, nil
}

// Exports lists the names that a module offers, in its order.
func Exports(module []byte) ([]string, error) {
	all, err := sections(module)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, s := range all {
		if s.id != sectionExport {
			continue
		}
		entries, err := exports(s.content)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			names = append(names, e.name)
		}
	}
	return names, nil
}

// Custom lists the names of the custom sections.
func Custom(module []byte) ([]string, error) {
	all, err := sections(module)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, s := range all {
		if s.id == sectionCustom {
			r := reader{rest: s.content}
			names = append(names, r.name())
		}
	}
	return names, nil
}

// export is one entry of the export section.
type export struct {
	name string
	of   []byte // the kind and the index of what is exported
}

func exports(content []byte) ([]export, error) {
	r := reader{rest: content}
	var all []export
	for n := r.number(); n > 0 && !r.failed; n-- {
		name := r.name()
		start := r.rest
		r.byte()
		r.number()
		all = append(all, export{name, start[:len(start)-len(r.rest)]})
	}
	if r.failed {
		return nil, errFormat
	}
	return all, nil
}
