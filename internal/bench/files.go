package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
)

// read takes the results of an earlier run, if there are any.
func (r *results) read(file string) error {
	text, err := os.ReadFile(file)
	if file == "" || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(text, r)
}

// write writes the files that are asked for.
func (r *results) write(o options) error {
	if o.json != "" {
		text, err := json.MarshalIndent(r, "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(o.json, append(text, '\n'), 0o644); err != nil {
			return err
		}
	}
	if o.plot != "" {
		if err := os.WriteFile(o.plot, r.svg(), 0o644); err != nil {
			return err
		}
	}
	if o.costs != "" {
		if err := writePage(o.costs, r.costs()); err != nil {
			return err
		}
	}
	if o.page != "" {
		return writePage(o.page, r.markdown())
	}
	return nil
}
