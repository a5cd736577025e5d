package convert

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// settings are the options of an oauth2-proxy, by their names in its file.
type settings map[string]setting

// setting is an option's values; of a flag that is on it is "true".
type setting struct {
	values []string
	at     tree.Place
}

// one is an option's only value, or "".
func (s settings) one(name string) string {
	if values := s[name].values; len(values) > 0 {
		return values[0]
	}
	return ""
}

// on reports whether an option is on, which is off unless it is written.
func (s settings) on(name string) bool { return s.one(name) == "true" }

// add adds values, as several flags of one name do.
func (s settings) add(name string, at tree.Place, values ...string) {
	had := s[name]
	s[name] = setting{append(had.values, values...), at}
}

var (
	cfgLine = regexp.MustCompile(`^([a-z][a-z0-9_]*)[ \t]*=[ \t]*(.*)$`)
	cfgText = regexp.MustCompile(`^(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(true|false|-?[0-9]+))[ \t]*(,?)[ \t]*`)
)

// looksLikeCfg reports whether a file is one of oauth2-proxy's: its first line
// that says something gives a name a value, as TOML does.
func looksLikeCfg(text string) bool {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return cfgLine.MatchString(line)
		}
	}
	return false
}

// readCfg reads a file of oauth2-proxy's: the part of TOML that it needs, which
// is names with texts, numbers, truth values and lists of those.
func readCfg(text string) (settings, error) {
	s := settings{}
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		at := tree.Place{Line: i + 1, Column: 1}
		m := cfgLine.FindStringSubmatch(line)
		if m == nil {
			return nil, fmt.Errorf("line %d: write NAME = VALUE", at.Line)
		}
		rest, isList := strings.CutPrefix(m[2], "[")
		values := []string{}
		for {
			read, after, err := cfgValues(strings.TrimSpace(rest))
			values = append(values, read...)
			if err == nil && isList && after == "" && i+1 < len(lines) {
				i, rest = i+1, lines[i+1]
				continue
			}
			after, end := strings.CutPrefix(after, "]")
			if after = strings.TrimSpace(after); err != nil || isList != end || !isList && len(values) != 1 || after != "" && !strings.HasPrefix(after, "#") {
				return nil, fmt.Errorf("line %d: the value of %s cannot be read; write a text in quotes, a number, true, false, or a list of those", at.Line, m[1])
			}
			break
		}
		s.add(m[1], at, values...)
	}
	return s, nil
}

// cfgValues are the values at the beginning of a text, and what follows them,
// without a comment.
func cfgValues(text string) (values []string, after string, err error) {
	for {
		m := cfgText.FindStringSubmatch(text)
		if m == nil {
			if strings.HasPrefix(text, "#") {
				text = ""
			}
			return values, text, nil
		}
		value := m[2] + m[3]
		if strings.HasPrefix(m[0], `"`) {
			if value, err = strconv.Unquote(`"` + m[1] + `"`); err != nil {
				return nil, "", err
			}
		}
		if strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }) {
			return nil, "", errors.New("a control character")
		}
		values, text = append(values, value), text[len(m[0]):]
	}
}

// plural are the options whose flag has another name than the file has.
var plural = map[string]string{
	"allowed_group": "allowed_groups", "allowed_role": "allowed_roles", "api_route": "api_routes", "email_domain": "email_domains",
	"oidc_audience_claim": "oidc_audience_claims", "oidc_extra_audience": "oidc_extra_audiences", "skip_auth_route": "skip_auth_routes",
	"trusted_ip": "trusted_ips", "upstream": "upstreams", "whitelist_domain": "whitelist_domains", "cookie_domain": "cookie_domains",
	"provider_ca_file": "provider_ca_files", "keycloak_group": "keycloak_groups",
}

// findFlags are the options in a Deployment or a compose file: a list of
// arguments that begin with "--", the environment, and files of a ConfigMap.
func findFlags(document *tree.Node) (settings, error) {
	s := settings{}
	var err error
	document.Walk(func(n *tree.Node) bool {
		s.arguments(n.Items())
		for _, item := range n.Items() {
			if name, is := strings.CutPrefix(item.Get("name").Str(), "OAUTH2_PROXY_"); is && item.Has("value") {
				s.add(strings.ToLower(name), item.At(), strings.Split(item.Get("value").Str(), ",")...)
			}
		}
		for _, m := range n.Members {
			if strings.HasSuffix(m.Name, ".cfg") && looksLikeCfg(m.Value.Str()) && err == nil {
				var more settings
				more, err = readCfg(m.Value.Str())
				for name, option := range more {
					s.add(name, m.Place, option.values...)
				}
			}
		}
		return true
	})
	return s, err
}

// arguments adds those of a command line.
func (s settings) arguments(items []*tree.Node) {
	for i, item := range items {
		flag, is := strings.CutPrefix(item.Str(), "--")
		if !is {
			continue
		}
		name, value, given := strings.Cut(flag, "=")
		if !given {
			value = "true"
			if i+1 < len(items) && items[i+1].Str() != "" && !strings.HasPrefix(items[i+1].Str(), "--") {
				value = items[i+1].Str()
			}
		}
		name = strings.ReplaceAll(name, "-", "_")
		if several := plural[name]; several != "" {
			s.add(several, item.At(), strings.Split(value, ",")...)
		} else {
			s.add(name, item.At(), value)
		}
	}
}
