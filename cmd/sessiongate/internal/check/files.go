package check

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// add reads what a name on the command line stands for.
func (c *checker) add(name string) {
	if info, err := os.Stat(name); name != "-" && err == nil && info.IsDir() {
		c.folder(name)
		return
	}
	data, err := configfile.Read(name, c.in)
	if err != nil {
		c.unreadable(name, tree.Place{}, err.Error())
		c.worst = exit.Failed
		return
	}
	file, wrong := c.parse(name, data)
	if wrong != nil {
		c.unreadable(name, wrong.Place, wrong.Message)
		return
	}
	c.files = append(c.files, file)
}

// folder reads the files in a folder and below, in order. Most are about
// something else: those are left out.
func (c *checker) folder(name string) {
	err := filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
		hidden := path != name && strings.HasPrefix(entry.Name(), ".")
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (hidden || entry.Name() == "node_modules"):
			return filepath.SkipDir
		case !entry.Type().IsRegular() || hidden:
			return nil
		}
		switch filepath.Ext(path) {
		case ".yaml", ".yml", ".json":
			return c.oneOfMany(path)
		}
		return nil
	})
	if err != nil {
		c.unreadable(name, tree.Place{}, err.Error())
		c.worst = exit.Failed
	}
}

// oneOfMany reads a file that was not named itself.
func (c *checker) oneOfMany(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	file, wrong := c.parse(path, data)
	if wrong != nil {
		if mentions(data) {
			c.unreadable(path, wrong.Place, wrong.Message)
		}
		return nil
	}
	var own []configfile.Found
	for _, found := range file.Found {
		if isOwn(&found) {
			own = append(own, found)
		}
	}
	file.Found = own
	c.files = append(c.files, file)
	return nil
}

// isOwn reports whether a configuration in a file that was not named is the
// filter's: there are other Wasm filters, and other files.
func isOwn(found *configfile.Found) bool {
	if found.Config.Has("providers") || found.Config.Has("jwtRules") {
		return true
	}
	own := false
	names := func(n *tree.Node) bool {
		own = own || n.Kind == tree.String && (strings.Contains(n.Text, "sessiongate") || n == found.Config && strings.Contains(n.Text, "providers"))
		return !own
	}
	if found.Holder != configfile.Plain {
		found.Settings.Walk(names)
		found.Document.Get("metadata").Walk(names)
	}
	return own
}
