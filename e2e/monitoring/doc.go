// Package monitoring tests the files of deploy/monitoring: the alerts with
// promtool, and the queries of the dashboard and of the alerts with Prometheus'
// own engine, on what Envoy shows at /stats/prometheus.
//
// What is Prometheus' own here: promtool, the parser of what was scraped, the
// storage and the query engine. What is not: Grafana, whose variables are filled
// in by hand. The picture of the dashboard (make picture) is drawn by Grafana's
// libraries from npm; page is what Grafana's server would do around them.
//
// It is a module of its own, because of what Prometheus brings with it.
package monitoring
