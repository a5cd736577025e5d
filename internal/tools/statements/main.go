// Command statements counts the statements of the packages of this module that
// the filter is built from, and finds files and functions that have grown too
// long. Comments, line breaks and declarations do not count.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/tools/wasmbuild"
)

// Bounds of what is easy to read.
const (
	maxFile       = 250 // lines
	maxFunction   = 60  // lines
	maxParameters = 4
)

func main() {
	limits := flag.Bool("limits", false, "list files, functions and parameter lists that are too long, and fail if there are any")
	flag.Parse()
	packages, err := builtFrom()
	if err != nil {
		fmt.Fprintln(os.Stderr, "statements:", err)
		os.Exit(1)
	}
	total, tooLong := 0, 0
	for _, p := range packages {
		n := 0
		for _, name := range p.GoFiles {
			c, err := read(filepath.Join(p.Dir, name))
			if err != nil {
				fmt.Fprintln(os.Stderr, "statements:", err)
				os.Exit(1)
			}
			n += c.statements
			if *limits {
				for _, long := range c.tooLong {
					fmt.Println(p.ImportPath + "/" + name + ": " + long)
					tooLong++
				}
			}
		}
		if !*limits {
			fmt.Printf("%6d %s\n", n, p.ImportPath)
		}
		total += n
	}
	if !*limits {
		fmt.Printf("%6d in all\n", total)
	}
	if tooLong > 0 {
		os.Exit(1)
	}
}

// listed is a package as go list describes it.
type listed struct {
	ImportPath, Dir string
	GoFiles         []string
	Module          *struct{ Main bool }
}

// builtFrom are the packages of this module that the filter imports.
func builtFrom() ([]listed, error) {
	out, err := wasmbuild.List(context.Background(), ".", "-deps", "-json=ImportPath,Dir,GoFiles,Module", ".")
	if err != nil {
		return nil, err
	}
	var packages []listed
	for decoder := json.NewDecoder(strings.NewReader(string(out))); decoder.More(); {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			return nil, err
		}
		if p.Module != nil && p.Module.Main {
			packages = append(packages, p)
		}
	}
	return packages, nil
}

// ofTheHost reports whether the proxy gives a function its shape: it is one of
// the proxy's and has no body here, or one that the proxy calls.
func ofTheHost(f *ast.FuncDecl) bool {
	exported := func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:wasmexport ") }
	return f.Body == nil || f.Doc != nil && slices.ContainsFunc(f.Doc.List, exported)
}

// counted is what was found in a file.
type counted struct {
	statements int
	tooLong    []string
}

func read(path string) (c counted, err error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return c, err
	}
	long := func(node ast.Node, format string, args ...any) {
		c.tooLong = append(c.tooLong, fmt.Sprintf("%d: ", files.Position(node.Pos()).Line)+fmt.Sprintf(format, args...))
	}
	if lines := files.File(file.Pos()).LineCount(); lines > maxFile {
		long(file, "the file has %d lines, more than %d", lines, maxFile)
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause, *ast.EmptyStmt, *ast.LabeledStmt:
		case ast.Stmt:
			c.statements++
		case *ast.FuncDecl:
			if lines := files.Position(node.End()).Line - files.Position(node.Pos()).Line + 1; lines > maxFunction {
				long(node, "%s has %d lines, more than %d", node.Name.Name, lines, maxFunction)
			}
			if n := node.Type.Params.NumFields(); n > maxParameters && !ofTheHost(node) {
				long(node, "%s has %d parameters, more than %d", node.Name.Name, n, maxParameters)
			}
		}
		return true
	})
	return c, nil
}
