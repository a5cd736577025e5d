package check

import (
	"fmt"
	"io"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/config/describe"
)

// checker prints findings, and results, and keeps the worst exit status.
type checker struct {
	out, findings io.Writer
	in            io.Reader
	effective     bool
	plugin        string
	worst         exit.Status
}

func (c *checker) file(name string) {
	data, err := configfile.Read(name, c.in)
	if err != nil {
		c.finding(exit.Failed, name, "error", err.Error())
		return
	}
	all, err := configfile.Find(data, c.plugin)
	if err == nil && len(all) == 0 {
		err = configfile.ErrNone
	}
	if err != nil {
		c.finding(exit.Failed, name, "error", err.Error())
		return
	}
	for _, f := range all {
		where := name
		if f.Where != "" {
			where += " (" + f.Where + ")"
		}
		c.configuration(where, f)
	}
}

func (c *checker) configuration(where string, f configfile.Found) {
	result, err := config.Load(f.JSON)
	if err != nil {
		for _, problem := range f.Problems(err) {
			c.finding(exit.Refused, where, "error", problem)
		}
		return
	}
	for _, warning := range result.Warnings {
		c.finding(0, where, "warning", f.Line(warning))
	}
	for i, p := range result.Policy.Providers {
		if f.Clusters != nil && p.Remote != nil && !f.Clusters[p.Remote.Cluster] {
			c.finding(0, where, "warning", fmt.Sprintf("providers[%d].jwksCluster: the bootstrap has no cluster %q, so no keys will come; add it, or name one of its clusters", i, p.Remote.Cluster))
		}
	}
	if rule, weaker := result.Policy.WeakerThanNext(); weaker && f.PortsMatter {
		c.finding(0, where, "warning", fmt.Sprintf("rules[%d].hosts: the rule asks for less than those after it, and is for a host with any port, where Envoy's virtual hosts tell ports apart; write ignore_port_in_host_matching: true in route_config, or strip_any_host_port: true in the connection manager", rule))
	}
	if c.effective {
		_, _ = c.out.Write(describe.Effective(result))
		return
	}
	fmt.Fprintf(c.out, "%s: ok\n", where)
}

func (c *checker) finding(s exit.Status, where, level, message string) {
	fmt.Fprintf(c.findings, "%s: %s: %s\n", where, level, message)
	c.worst = max(c.worst, s)
}
