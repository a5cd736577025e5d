package lint

import (
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// signingKeys finds a key for assertions that stands in the file, where
// whoever reads it can sign, and one that the VM does not get.
func signingKeys(s *subject) {
	if !s.root.Has("assertion") || s.Holder == configfile.Plain {
		return
	}
	name := s.root.Path("assertion", "keyEnv").Str()
	if name == "" {
		name = "SESSIONGATE_SIGNING_KEY"
	}
	written, fromHost, field, example := s.environment(name)
	if written == nil {
		written, _, _, _ = s.environment(name + "_NEXT")
	}
	const fix = "; let it come from the environment of the proxy: "
	switch {
	case written != nil:
		s.fail(spot{field, written.Place}, "signing-keys", "the signing key is in this file, and anyone who reads the file can sign as the proxy"+fix+example)
	case !fromHost:
		at := s.around()
		at.path = field
		s.warn(at, "signing-keys", "the filter is not given "+problem.Quote(name)+", so it refuses to start"+fix+example)
	}
}

// environment is what a VM's environment has of a name: a value that is written
// in the file, or that it comes from the host's. Field is where that is said,
// example how.
func (s *subject) environment(name string) (written *tree.Node, fromHost bool, field, example string) {
	switch s.Holder {
	case configfile.WasmPlugin:
		for _, variable := range s.Settings.Path("vmConfig", "env").Items() {
			if variable.Get("name").Str() != name {
				continue
			}
			if variable.Get("valueFrom").Str() == "HOST" {
				fromHost = true
			} else if written = variable.Get("value"); written == nil {
				written = variable
			}
		}
		return written, fromHost, "spec.vmConfig.env", "{name: " + name + ", valueFrom: HOST}"
	case configfile.ExtensionPolicy:
		return nil, hasString(s.Settings.Path("env", "hostKeys"), name), "env.hostKeys", "env: {hostKeys: [" + name + "]}"
	}
	variables := s.Settings.Path("vm_config|vmConfig", "environment_variables|environmentVariables")
	return variables.Path("key_values|keyValues", name), hasString(variables.Get("host_env_keys", "hostEnvKeys"), name),
		"vm_config.environment_variables", "environment_variables: {host_env_keys: [" + name + "]}"
}

// sharedEnvironments notes plugins of one VM id that do not name the same
// variables: in Envoy before 1.39 the first that starts decides for all.
func sharedEnvironments(s *subject) {
	if s.Holder != configfile.EnvoyFilter || !s.root.Has("assertion") {
		return
	}
	id := s.Settings.Path("vm_config|vmConfig", "vm_id|vmId").Str()
	own := s.hostKeys(s.Settings)
	for i := range s.files {
		for k := range s.files[i].Found {
			other := &s.files[i].Found[k]
			if other.Document != s.Document || other.Settings == s.Settings || other.Settings.Path("vm_config|vmConfig", "vm_id|vmId").Str() != id || s.hostKeys(other.Settings) == own {
				continue
			}
			s.warn(s.around("vm_config|vmConfig"), "signing-keys", "another plugin has this vm_id and another environment, and in Envoy before 1.39 the first of them that starts decides for both, so the key may be missing; write a vm_id of its own, or the same environment_variables for both")
			return
		}
	}
}

// hostKeys is the environment of a VM as JSON.
func (s *subject) hostKeys(settings *tree.Node) string {
	return string(tree.Encode(settings.Path("vm_config|vmConfig", "environment_variables|environmentVariables")).JSON)
}
